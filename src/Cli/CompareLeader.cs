using Spectre.Console;
using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Labels;
using SpeechEmotion.Reporting;
using SpeechEmotion.Studies;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli;

/// <summary>The process of `ser compare` that a person starts: it checks the study, divides its runs among processes or hands them to a
/// cluster, and reports.</summary>
internal static class CompareLeader
{
    /// <summary>Does the runs that are not finished, or has a cluster do them, and reports.</summary>
    public static int Run(IAnsiConsole console, CompareJob job, CancellationToken stop)
    {
        job.Listener.Log = Path.Combine(job.Folder, "log.txt");
        IReadOnlyList<StudyRun> runs = job.Runs();
        int missing = runs.Count(r => !r.Done);
        bool sound = true;
        job.Listener.Say($"study {job.Study.Config.Name}: {ReportText.Plural(runs.Count, "run")}, {missing} to do");
        if (runs.Count(r => r.Done && r.Unscored.Any()) is int gaps and > 0)
        {
            job.Listener.Say(
                $"{gaps} finished {(gaps == 1 ? "run lacks" : "runs lack")} a condition and the weights to be scored by, "
                + "so the report leaves a gap; remove a run to do it anew");
        }

        StudyFolder output = new(job.Folder);
        RefuseOthers(job.Study, output);
        if (missing > 0 && job.Slurm)
        {
            SlurmLauncher cluster = new(job, console);
            cluster.Submit(runs, queued =>
            {
                StudyRunner runner = Open(job, runs, output, queued);

                // On the CPU: this machine may have no GPU even where the nodes have one. Tasks on a GPU compute their own.
                runner.PrepareFeatures([.. runs.Select(r => r with { Config = r.Config with { Device = "cpu" } })]);
            });
            if (!job.Wait)
            {
                return App.Done;
            }

            sound = cluster.WaitForAll(runs, stop);
        }
        else if (missing > 0 || !output.Exists)
        {
            // For runs that were moved here without the study's own file, the study is described again.
            StudyRunner runner = Open(job, runs, output);
            if (missing > 0)
            {
                sound = LocalLauncher.Work(job, runs, runner, missing, stop);
            }
        }

        if (!sound && !runs.Any(run => run.Folder.Finished))
        {
            return App.Failed; // There is nothing to report, and the reason has been printed.
        }

        output.Widen(job.Study.Config, job.Notes(runs, null)); // Another call may have described the study meanwhile.
        output.Report();
        StudyTableView.Show(console, output);
        console.Line($"{Path.Combine(job.Folder, "report.html")} is the whole report; report.md, tables and pictures lie beside it");
        return sound ? App.Done : App.Failed;
    }

    /// <summary>Refuses finished runs with other settings than are asked for now, also those of other folds or seeds: the two must not be
    /// pooled.</summary>
    private static void RefuseOthers(Study study, StudyFolder output)
    {
        foreach (StudyRun run in output.Of(study).Where(r => File.Exists(r.Folder.Config)))
        {
            IReadOnlyList<string> asked = ConfigHash.Differences(run.Config, ConfigReader.ReadRun([run.Folder.Config], []));
            if (asked.Count > 0)
            {
                string named = string.Join(", ", asked.Take(3)) + (asked.Count > 3 ? ", …" : "");
                throw new InputException(
                    $"{run.Folder.Path}: finished with other settings than are asked for now ({named}; "
                    + "compare its config.yaml); give another folder with --out, or remove that run to do it anew");
            }
        }
    }

    /// <summary>Opens the data and records in the study's folder what its report needs besides the runs.</summary>
    private static StudyRunner Open(CompareJob job, IReadOnlyList<StudyRun> runs, StudyFolder output, RunKey[]? queued = null)
    {
        foreach (StudyRun run in runs.DistinctBy(r => r.Key.System))
        {
            RequireModel(job.Study, run); // A mistake is found now and not after hours of runs.
        }

        SpeechData data = SpeechData.Open(runs[0].Config.Data, job.Listener);
        StudyRunner runner = new(data, job.Listener);
        if (runs.Any(run => !run.Done))
        {
            runner.RefuseOtherData(output.Of(job.Study));
        }

        string? ofData = data.Synthetic ? ProtocolText.SyntheticVoice : data.Table is not null ? ProtocolText.Table : null;
        output.Describe(job.Study.Config, job.Notes(runs, ofData), queued);
        return runner;
    }

    /// <summary>Refuses a run of whose settings no network can be made.</summary>
    private static void RequireModel(Study study, StudyRun run)
    {
        LabelSet taught = LabelSets.Taught(LabelSets.Load(run.Config.Data.Labels, "labels"), run.Config);
        try
        {
            run.Config.Model.Check(new ModelShape(run.Config.Features.Width, taught.Classes.Count));
        }
        catch (InputException e)
        {
            string file = StudySystem.Of(study.Config).First(system => system.Name == run.Key.Model).File;
            throw new InputException($"{file}: {e.Message} (run {run.Key.Name})", e);
        }
    }
}
