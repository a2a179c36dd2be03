using Spectre.Console;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Reporting;
using SpeechEmotion.Studies;

namespace SpeechEmotion.Cli;

/// <summary>`ser compare --launcher slurm`: a study as a Slurm job array. Runs that are missing and in no job are submitted; each task does
/// one run.</summary>
/// <param name="job">The study.</param>
/// <param name="console">Takes what was submitted and what to do next.</param>
internal sealed class SlurmLauncher(CompareJob job, IAnsiConsole console)
{
    /// <summary>Maximum number of reported runs that ended unfinished.</summary>
    private const int MostTold = 10;

    /// <summary>Number of lines at the end of a log in which the reason is looked for.</summary>
    private const int EndLines = 5;

    /// <summary>Seconds between two queries to Slurm, which many users share, while waiting; the run folders are checked every
    /// second.</summary>
    private const int AskSeconds = 10;

    /// <summary>Most tasks of a job array: what Slurm takes by default (MaxArraySize).</summary>
    private const int MostTasks = 1000;

    /// <summary>Seconds after the last task has ended in which its files may yet appear here: NFS remembers for up to a minute that a file
    /// is not there.</summary>
    private const int LateSeconds = 60;

    private readonly SlurmJobs _jobs = new(job.Folder);

    /// <summary>Submits the runs that are missing and in no job.</summary>
    /// <param name="runs">The study's runs, in order.</param>
    /// <param name="prepare">Describes the study and fills the cache; called with the keys of the study's runs that are in a job, those of
    /// other calls too, where something is to be submitted.</param>
    /// <exception cref="InputException">No Slurm here.</exception>
    /// <exception cref="RunFailedException">Slurm refuses, or another call is submitting.</exception>
    public void Submit(IReadOnlyList<StudyRun> runs, Action<RunKey[]> prepare)
    {
        using IDisposable alone = _jobs.Lock();
        IReadOnlySet<string> live = Slurm.Live();
        IReadOnlyDictionary<RunKey, string> tasks = _jobs.Tasks();
        List<StudyRun> due = [];
        int waiting = 0;
        SortedSet<string> held = [];
        foreach (StudyRun run in runs.Where(run => !run.Done))
        {
            if (tasks.TryGetValue(run.Key, out string? task) && live.Contains(task))
            {
                held.Add(task[..task.IndexOf('_')]);
                waiting++;
            }
            else
            {
                due.Add(run);
            }
        }

        if (waiting > 0)
        {
            job.Listener.Say($"{waiting} {(waiting == 1 ? "run is" : "runs are")} queued or running in job {string.Join(", ", held)}");
        }

        // Finished runs are left out: they are due only because they lack conditions that were added since.
        TellEnds([.. due.Where(run => !run.Folder.Finished)], tasks);
        if (due.Count > 0)
        {
            prepare([.. tasks.Where(task => live.Contains(task.Value)).Select(task => task.Key)]);
            foreach (StudyRun[] part in due.Chunk(MostTasks))
            {
                string id = Submit(part);
                held.Add(id);
                string logs = SlurmScript.LogOf(job.Folder, id, "*");
                job.Listener.Say($"job {id}: {ReportText.Plural(part.Length, "run")} submitted; logs: {logs}");
            }
        }

        if (!job.Wait && held.Count > 0)
        {
            console.Line($"how they do:        squeue --jobs={string.Join(',', held)}");
            console.Line($"what is finished:   {ShellText.Line(["ser", "report", job.Folder])}");
            console.Line($"once they are done: {ShellText.Line(["ser", .. job.Arguments])}   (submits what is missing, or reports)");
        }
    }

    /// <summary>Waits until all runs of the study are done or none is in a job.</summary>
    /// <param name="runs">The study's runs.</param>
    /// <param name="stop">Ends the waiting; the jobs go on.</param>
    /// <returns>False where a run has failed, such as one whose loss is no longer a number; its folder keeps the error message.</returns>
    /// <exception cref="RunFailedException">No job is left, and a run has neither finished nor failed.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public bool WaitForAll(IReadOnlyList<StudyRun> runs, CancellationToken stop)
    {
        HashSet<string> tasks = [.. _jobs.Tasks().Where(task => runs.Any(run => run.Key == task.Key)).Select(task => task.Value)];
        int told = -1;
        bool alive = true;
        for (int second = 0, late = 0; !runs.All(run => run.Done) && late < LateSeconds; second++)
        {
            alive = second % AskSeconds == 0 ? Alive(tasks) : alive;
            late = alive ? 0 : late + 1;
            if (late == 1)
            {
                job.Listener.Say($"no task is left; files of the last ones may take up to {LateSeconds} s to appear here");
            }

            if (!alive && runs.All(run => run.Done || File.Exists(run.Folder.Failure)))
            {
                break;
            }

            if (runs.Count(run => run.Done) is int finished && finished != told)
            {
                job.Listener.Say($"{finished} of {runs.Count} runs are finished");
                told = finished;
            }

            stop.WaitHandle.WaitOne(TimeSpan.FromSeconds(1));
            stop.ThrowIfCancellationRequested();
        }

        StudyRun[] missing = [.. runs.Where(run => !run.Done)];
        TellEnds(missing, _jobs.Tasks());
        int lost = missing.Count(run => !File.Exists(run.Folder.Failure));
        return lost == 0
            ? missing.Length == 0
            : throw new RunFailedException(
                $"{job.Folder}: {lost} of {runs.Count} runs are not finished and in no job; the same command submits them again");
    }

    /// <summary>True while a task is queued or running, or where Slurm does not answer: a controller that is busy or restarted does not end
    /// the waiting.</summary>
    private bool Alive(IReadOnlySet<string> tasks)
    {
        try
        {
            return Slurm.Live().Overlaps(tasks);
        }
        catch (RunFailedException e)
        {
            job.Listener.Say(e.Message);
            return true;
        }
    }

    private string Submit(StudyRun[] due)
    {
        string folder = Path.GetFullPath(job.Folder), script = Path.Combine(folder, "slurm.sh");
        string[] own = [.. job.Arguments.Where(word => word != "--wait")];
        AtomicFile.WriteText(script, SlurmScript.Of(
            job.Study.Config.Name, folder, Directory.GetCurrentDirectory(),
            job.Study.Config.Slurm with { AtMost = job.Jobs ?? job.Study.Config.Slurm.AtMost },
            due, [.. ThisProgram.Again(own, "--launcher", "--jobs")]));
        string id = Slurm.Submit(script);
        _jobs.Add(new SlurmJob(id, DateTime.UtcNow, due.Index().ToDictionary(run => run.Index, run => run.Item.Key)));
        return id;
    }

    /// <summary>Reports how runs ended that were in a job and are not finished. The reason is at the end of the log, often in Slurm's own
    /// words.</summary>
    private void TellEnds(StudyRun[] unfinished, IReadOnlyDictionary<RunKey, string> tasks)
    {
        StudyRun[] ended = [.. unfinished.Where(run => tasks.ContainsKey(run.Key))];
        foreach (StudyRun run in ended.Take(MostTold))
        {
            string[] task = tasks[run.Key].Split('_');
            string log = SlurmScript.LogOf(job.Folder, task[0], task[1]);
            string[] end = File.Exists(log) ? [.. File.ReadLines(log).Where(line => line.Length > 0).TakeLast(EndLines)] : [];
            string? reason = end.LastOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? end.LastOrDefault();
            job.Listener.Say($"{run.Key.Name}: ended unfinished; " + (reason is not null
                ? $"{log} ends with: {reason}"
                : $"{log} is empty or missing: do the nodes see this folder under the same path ({Path.GetFullPath(job.Folder)})?"));
        }

        if (ended.Length > MostTold)
        {
            job.Listener.Say($"and {ended.Length - MostTold} more");
        }
    }
}
