using SpeechEmotion.Studies;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli;

/// <summary>A process that `ser compare` starts, here or on a cluster: it does runs and leaves the report to the process that started
/// it.</summary>
internal static class CompareWorker
{
    /// <summary>Does the runs that no other process has taken.</summary>
    public static int Run(CompareJob job, DateTime began, CancellationToken stop)
    {
        IReadOnlyList<StudyRun> runs = job.Runs();
        StudyRunner runner = new(SpeechData.Open(runs[0].Config.Data, job.Listener), job.Listener);
        return runner.Run(runs, began, stop) ? App.Done : App.Failed;
    }

    /// <summary>Does the one run that a task of the cluster was submitted for.</summary>
    public static int RunOne(CompareJob job, string key, CancellationToken stop)
    {
        StudyRun run = job.Runs().FirstOrDefault(r => r.Key.ToString() == key)
            ?? throw new InputException($"--only {key}: no run of {job.Study.File}{Nearest.Hint(key, job.Runs().Select(r => $"{r.Key}"))}");
        if (!new StudyFolder(job.Folder).Exists)
        {
            throw new InputException(
                $"{Path.GetFullPath(job.Folder)}: no study here, seen from {Environment.MachineName}; "
                + "--out must be a folder that the nodes and the submitting machine share");
        }

        StudyRunner runner = new(SpeechData.Open(run.Config.Data, job.Listener), job.Listener);
        runner.RefuseOtherData(new StudyFolder(job.Folder).Of(job.Study)); // A node may hold other files under the same names.
        bool done = runner.TryRun(run, "", stop);
        return done || run.Done
            ? App.Done
            : throw new RunFailedException($"{run.Folder.Path}: another process has this run; nothing was done here");
    }
}
