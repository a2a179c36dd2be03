using SpeechEmotion.Configuration;
using SpeechEmotion.Reporting;
using SpeechEmotion.Studies;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli;

/// <summary>Does a study's runs on this machine, several side by side in processes of their own.</summary>
internal static class LocalLauncher
{
    /// <summary>What a process of runs takes at most with the shipped models, in bytes: libtorch, a gigabyte that the allocator keeps, and
    /// the features.</summary>
    private const double ProcessBytes = 1.5e9;

    /// <summary>Does the runs that are missing.</summary>
    /// <param name="job">The call.</param>
    /// <param name="runs">The study's runs.</param>
    /// <param name="runner">Does a run.</param>
    /// <param name="missing">How many runs are not done.</param>
    /// <param name="stop">Ends the work between two steps.</param>
    /// <returns>False if a run has failed.</returns>
    public static bool Work(CompareJob job, IReadOnlyList<StudyRun> runs, StudyRunner runner, int missing, CancellationToken stop)
    {
        RunConfig[] configs = [.. runs.Select(r => r.Config)];
        int cards = Devices.Cards(configs);
        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        int asked = job.Jobs ?? Jobs(cards, configs, Environment.ProcessorCount, memory), jobs = Math.Min(asked, missing);
        int threads = Threads(configs, asked, Environment.ProcessorCount);
        string together = jobs == 1 ? "run at a time" : "runs side by side";
        string hint = job.Jobs is null ? "; --jobs N takes another number" : "";
        job.Listener.Say($"{jobs} {together}, {ReportText.Plural(threads, "thread")} each{hint}");
        StudyRun[] set = [.. runs.Select(r => r with { Config = r.Config with { Threads = threads } })];
        DateTime began = DateTime.UtcNow;
        if (jobs == 1)
        {
            return runner.Run(set, began, stop);
        }

        // The feature cache is filled once, before the worker processes need it.
        runner.PrepareFeatures(runs);
        using WorkerProcesses workers = new(job.Arguments, jobs - 1, threads, cards, began, job.Listener.Relay);
        return runner.Run(set, began, stop);
    }

    /// <summary>The number of runs side by side where nobody asks for one: one per GPU; one where a run names its GPU, which others may
    /// share only knowingly; else one per core, as far as memory goes.</summary>
    /// <param name="cards">GPUs that runs may be spread over.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="cores">Cores of this machine.</param>
    /// <param name="memory">Bytes that may be used.</param>
    public static int Jobs(int cards, IEnumerable<RunConfig> runs, int cores, long memory) =>
        cards > 0 ? cards
        : runs.Any(run => run.Device.StartsWith("cuda", StringComparison.Ordinal)) ? 1
        : Math.Clamp((int)(memory / ProcessBytes), 1, cores);

    /// <summary>Torch threads of each run: those that the study or the command line asks for, else the cores shared out over the runs side
    /// by side. It does not depend on how many runs are still missing: another number of threads gives other last digits, and a study that
    /// was stopped must end in the numbers of one that was not.</summary>
    /// <param name="runs">All runs of the call.</param>
    /// <param name="jobs">Runs side by side as long as enough are missing.</param>
    /// <param name="cores">Cores of this machine.</param>
    public static int Threads(IReadOnlyList<RunConfig> runs, int jobs, int cores) =>
        runs[0].Threads > 0 ? runs[0].Threads : Math.Max(1, cores / Math.Min(jobs, runs.Count));
}
