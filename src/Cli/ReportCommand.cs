using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Configuration;
using SpeechEmotion.Studies;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli;

/// <summary>`ser report DIR`: tables and plots again, from predictions alone.</summary>
internal static class ReportCommand
{
    public static Command Build()
    {
        Argument<string> folder = new("dir")
        {
            Description = "The folder of a study, of a run or of what `ser evaluate` scored",
            HelpName = "DIR",
        };
        Option<string?> publish = new("--publish")
        {
            Description = "Copy what the figures rest on to this folder (no weights), and report there",
            HelpName = "DIR",
        };
        Option<string?> listeners = new("--listeners")
        {
            Description = "CREMA-D's summaryTable.csv: what its listeners confuse is set beside what all models confuse",
            HelpName = "FILE",
        };
        return new Verb(
            "report",
            "Write tables and plots again from predictions; nothing is trained.",
            "ser report runs/quickstart",
            "ser report runs/merged --publish results/merged     # the part to commit")
        { folder, publish, listeners }.Does((parse, console, _) =>
            Run(console, parse.GetRequiredValue(folder), Target.Folder(parse.GetValue(publish), publish.Name), parse.GetValue(listeners)));
    }

    private static int Run(IAnsiConsole console, string path, string? publish, string? listeners)
    {
        StudyFolder study = new(path);
        RunFolder run = new(path);
        if (study.Exists)
        {
            if (listeners is not null)
            {
                study.Hear(listeners);
            }

            study.Report();
            if (publish is not null)
            {
                study.Publish(publish);
            }

            StudyTableView.Show(console, study);
            if (study.Missing() is string missing)
            {
                console.Line($"not finished: {missing}; `ser compare` goes on with it");
            }
        }
        else if (CsvTable.Stored(run.Predictions) is not null && (File.Exists(run.Config) || File.Exists(run.Environment)))
        {
            if (publish is not null || listeners is not null)
            {
                throw new InputException($"{path}: a single run; --publish and --listeners are of studies, such as `ser compare` makes");
            }

            if (File.Exists(run.Config))
            {
                Runner.Finish(ConfigReader.ReadRun([run.Config], []), run);
            }
            else
            {
                Evaluator.Report(run);
            }
        }
        else
        {
            throw new InputException(
                $"{path}: neither a study (study.json) nor a finished run (config.yaml, predictions.csv); "
                + "make one with `ser compare` or `ser train`");
        }

        console.Line($"{publish ?? path}: written");
        return App.Done;
    }
}
