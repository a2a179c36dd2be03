using System.Globalization;
using System.Text;
using SpeechEmotion.Configuration;

namespace SpeechEmotion.Studies;

/// <summary>The batch script of a study's job array, as one would write it by hand: each task does one run.</summary>
public static class SlurmScript
{
    /// <summary>Writes the script.</summary>
    /// <param name="study">The study's name, which names the job.</param>
    /// <param name="folder">The study's folder, where the logs go; a full path.</param>
    /// <param name="work">The tasks' working folder, so that relative paths mean the same as here; a full path.</param>
    /// <param name="options">What each run asks of the cluster.</param>
    /// <param name="runs">The runs; a task's number is its run's place here, since Slurm limits the numbers (MaxArraySize).</param>
    /// <param name="command">Program and arguments of a task; the run and the number of threads are added.</param>
    /// <returns>A bash script that `sbatch` takes.</returns>
    public static string Of(
        string study, string folder, string work, SlurmOptions options,
        IReadOnlyList<StudyRun> runs, IReadOnlyList<string> command)
    {
        StringBuilder script = new(
            $"#!/bin/bash\n# Runs of the study {study} that are missing, one a task. "
            + "`ser compare --launcher slurm` writes this file anew and submits it.\n");
        Option("job-name", "ser-" + study);
        Option("array", $"0-{runs.Count - 1}" + (options.AtMost > 0 ? $"%{options.AtMost}" : ""));
        Option("chdir", work);
        Option("output", LogOf(folder.Replace("%", "%%", StringComparison.Ordinal), "%A", "%a"));
        Option("open-mode", "append");
        Option("requeue", null);
        Option("ntasks", "1");
        Option("cpus-per-task", options.CpusPerTask.ToString(CultureInfo.InvariantCulture));
        foreach ((string name, string? value) in new[]
        {
            ("partition", options.Partition), ("account", options.Account), ("qos", options.Qos),
            ("time", options.Time), ("mem", options.Mem), ("gres", options.Gres),
        })
        {
            if (value is not null)
            {
                Option(name, value);
            }
        }

        options.Options.ToList().ForEach(option => script.Append($"#SBATCH {option}\n"));
        script.Append("\n# The run of each task.\nruns=(\n");
        foreach ((int number, StudyRun run) in runs.Index())
        {
            script.Append(CultureInfo.InvariantCulture, $"  [{number}]={ShellText.Word(run.Key.ToString())}\n");
        }

        script.Append(")\n\n");
        options.Setup.ToList().ForEach(line => script.Append(line + "\n"));

        // exec: the signal at the time limit reaches the program itself, which stops between two steps and keeps its checkpoint.
        script.Append("exec " + ShellText.Line(command));
        script.Append(" --only \"${runs[$SLURM_ARRAY_TASK_ID]}\" --set threads=\"$SLURM_CPUS_PER_TASK\"\n");
        return script.ToString();

        void Option(string name, string? value)
        {
            string given = value is null ? "" : "=" + (value.Any(char.IsWhiteSpace) ? $"\"{value}\"" : value);
            script.Append($"#SBATCH --{name}{given}\n");
        }
    }

    /// <summary>Path of a task's log.</summary>
    /// <param name="folder">The study's folder.</param>
    /// <param name="job">Job number.</param>
    /// <param name="task">The task's number in the job array.</param>
    public static string LogOf(string folder, string job, string task) => Path.Combine(folder, $"slurm-{job}_{task}.log");
}
