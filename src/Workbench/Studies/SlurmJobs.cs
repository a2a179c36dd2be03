using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Studies;

/// <summary>A job array that was submitted for a study.</summary>
/// <param name="Id">Slurm's job number.</param>
/// <param name="Submitted">Time of submission, UTC.</param>
/// <param name="Runs">Task number → key of the run.</param>
public sealed record SlurmJob(string Id, DateTime Submitted, IReadOnlyDictionary<int, RunKey> Runs);

/// <summary>slurm.json in a study's folder: the jobs that were submitted for it, so that no run is submitted twice.</summary>
/// <param name="folder">The study's folder.</param>
public sealed class SlurmJobs(string folder)
{
    private string File => Path.Combine(folder, "slurm.json");

    /// <summary>All jobs, the oldest first.</summary>
    /// <exception cref="InputException">The file is damaged.</exception>
    public IReadOnlyList<SlurmJob> Read() => System.IO.File.Exists(File)
        ? JsonFile.Read<SlurmJob[]>(
            File,
            "remove it once none of the study's jobs is left in `squeue --me`",
            jobs => jobs.Contains(null!) ? "null is no job" : null)
        : [];

    /// <summary>Takes the study for submitting until the result is disposed. What is queued must not change between asking for it and
    /// adding a job: another call would submit the same runs.</summary>
    /// <exception cref="RunFailedException">Another process has it.</exception>
    public IDisposable Lock() => FolderLock.Try(folder) ?? throw new RunFailedException(
        $"{folder}: another `ser compare` is submitting this study's runs; give the command again once it is done");

    /// <summary>Adds a job. The caller has the <see cref="Lock"/>.</summary>
    /// <param name="job">The job.</param>
    public void Add(SlurmJob job) => JsonFile.Write(File, Read().Append(job));

    /// <summary>The job and task that each run was last submitted as.</summary>
    /// <returns>Key of the run → `JOB_TASK`, such as `12_3`.</returns>
    public IReadOnlyDictionary<RunKey, string> Tasks()
    {
        Dictionary<RunKey, string> tasks = [];
        foreach (SlurmJob job in Read())
        {
            foreach ((int task, RunKey run) in job.Runs)
            {
                tasks[run] = $"{job.Id}_{task}";
            }
        }

        return tasks;
    }
}
