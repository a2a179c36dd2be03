using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli;

/// <summary>`ser evaluate RUN`: a trained model on other data.</summary>
internal static class EvaluateCommand
{
    public static Command Build()
    {
        Argument<string> run = new("run") { Description = "The folder of a finished run", HelpName = "RUN" };
        Option<string?> data = SharedOptions.Data();
        Option<string?> corpus = new("--on") { Description = "One corpus; default all that the folder holds", HelpName = "CORPUS" };
        return new Verb(
            "evaluate",
            "Score a trained model on data that it neither trained nor selected on.",
            "ser evaluate runs/cnn-four-fold0-seed1 --data DIR --on cremad")
        { run, data, corpus }.Does((parse, console, _) => Run(
            console,
            new RunFolder(parse.GetRequiredValue(run)),
            parse.GetValue(data),
            parse.GetValue(corpus),
            RunListener.OnConsole(parse.InvocationConfiguration.Error)));
    }

    private static int Run(IAnsiConsole console, RunFolder run, string? data, string? corpus, RunListener listener)
    {
        if (!run.Finished)
        {
            throw new InputException($"{run.Path}: not a finished run; train it with `ser train`, or finish it with --resume");
        }

        RunConfig config = ConfigReader.ReadRun([run.Config], []);
        DataOptions source = new() { Root = data ?? config.Data.Root, Corpora = corpus is null ? [] : [corpus] };
        (string folder, MetricsSummary metrics) = Evaluator.Run(run, config, SpeechData.Open(source, listener), corpus, listener);
        PredictionTable table = PredictionsFile.Read(new RunFolder(folder).Predictions);
        MetricsTable.Show(console, "test", metrics, Bootstrap.UarInterval(table.Rows, table.Classes.Count));
        console.WriteLine($"{folder}: confusion.html, confusion.png, predictions.csv");
        return App.Done;
    }
}
