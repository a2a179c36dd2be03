using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Configuration;
using SpeechEmotion.Reporting;
using SpeechEmotion.Studies;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli;

/// <summary>`ser compare STUDY`: a matrix of runs, then its report.</summary>
internal static class CompareCommand
{
    public static Command Build()
    {
        Argument<string> study = new("study") { Description = "The study file", HelpName = "STUDY" };
        Option<string?> data = SharedOptions.Data();
        Option<string[]> set = SharedOptions.Set();
        Option<string?> output = new("--out") { Description = "The study's folder; default runs/NAME", HelpName = "DIR" };
        Option<string?> folds = new("--folds") { Description = "Only these folds, such as 0,1", HelpName = "LIST" };
        Option<string?> seeds = new("--seeds") { Description = "Only these seeds, such as 1,2,3", HelpName = "LIST" };
        Option<int> jobs = new("--jobs")
        {
            Description = "Runs side by side, which share the cores; by default one a core",
            HelpName = "N",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        Option<bool> worker = new("--worker") { Hidden = true };
        return new Verb(
            "compare",
            "Do the runs of a study that are not finished, then write its report.",
            "ser compare experiments/quickstart/study.yaml               # on the built-in synthetic voice",
            "ser compare experiments/merged/study.yaml --data DIR        # on real corpora; goes on where it was stopped")
        { study, data, set, output, folds, seeds, jobs, worker }.Does((parse, console, stop) =>
        {
            Study read = Study.Read(
                parse.GetRequiredValue(study),
                [
                    .. SharedOptions.WithData(parse.GetRequiredValue(set), parse.GetValue(data)),
                    .. List("folds", parse.GetValue(folds)),
                    .. List("seeds", parse.GetValue(seeds)),
                ]);
            Job job = new(
                read,
                parse.GetValue(output) ?? read.Config.Output ?? Path.Combine("runs", read.Config.Name),
                Math.Max(1, parse.GetValue(jobs)),
                [.. parse.Tokens.Select(t => t.Value)],
                RunListener.OnConsole(parse.InvocationConfiguration.Error));
            return parse.GetValue(worker) ? Work(job, stop) : Run(console, job, stop);
        });
    }

    private static string[] List(string key, string? list) => list is null ? [] : [$"{key}=[{list}]"];

    private static int Run(IAnsiConsole console, Job job, CancellationToken stop)
    {
        job.Listener.Log = Path.Combine(job.Folder, "log.txt");
        IReadOnlyList<StudyRun> runs = job.Runs();
        int missing = runs.Count(r => !r.Folder.Finished);
        job.Listener.Say($"study {job.Study.Config.Name}: {runs.Count} runs, {missing} to do");
        StudyFolder output = new(job.Folder);
        if (missing > 0)
        {
            SpeechData data = SpeechData.Open(runs[0].Config.Data, job.Listener);
            output.Describe(job.Study.Config, new StudyNotes(
                data.Synthetic ? ProtocolText.SyntheticVoice : data.Table is not null ? ProtocolText.Table : null,
                ProtocolText.Of([.. runs.Select(r => r.Config)]),
                "ser " + string.Join(' ', job.Arguments),
                runs.Count,
                [.. from run in runs.DistinctBy(r => r.Model) let faults = KnownFaults.Of(run.Config) where faults.Count > 0 select $"{run.Model}: {string.Join("; ", faults)}."]));
            Work(job, runs, data, Math.Min(job.Jobs, missing), stop);
        }

        output.Report();
        StudyTableView.Show(console, output.Runs());
        console.WriteLine($"{Path.Combine(job.Folder, "report.html")} is the whole report; report.md, tables and pictures lie beside it");
        return App.Done;
    }

    private static void Work(Job job, IReadOnlyList<StudyRun> runs, SpeechData data, int jobs, CancellationToken stop)
    {
        StudyRunner runner = new(data, job.Listener);
        if (jobs == 1)
        {
            runner.Run(runs, stop);
            return;
        }

        // The cache is filled once, before anyone else needs it.
        runner.PrepareFeatures(runs);
        int threads = Math.Max(1, Environment.ProcessorCount / jobs);
        using WorkerProcesses workers = new(job.Arguments, jobs - 1, threads, job.Listener.Say);
        runner.Run([.. runs.Select(r => r with { Config = r.Config with { Threads = threads } })], stop);
    }

    /// <summary>A worker does runs and leaves the report to the process that started it.</summary>
    private static int Work(Job job, CancellationToken stop)
    {
        IReadOnlyList<StudyRun> runs = job.Runs();
        new StudyRunner(SpeechData.Open(runs[0].Config.Data, job.Listener), job.Listener).Run(runs, stop);
        return App.Done;
    }

    private sealed record Job(Study Study, string Folder, int Jobs, string[] Arguments, RunListener Listener)
    {
        public IReadOnlyList<StudyRun> Runs() => StudyRun.All(Study.Config, Study.Resolve, Folder);
    }
}
