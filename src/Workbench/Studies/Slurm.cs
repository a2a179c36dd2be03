using System.ComponentModel;
using System.Diagnostics;

namespace SpeechEmotion.Studies;

/// <summary>Calls Slurm's own programs.</summary>
public static class Slurm
{
    /// <summary>Submits a batch script.</summary>
    /// <param name="script">Its path.</param>
    /// <returns>The job's number.</returns>
    /// <exception cref="InputException">Slurm's program is not on this machine's PATH.</exception>
    /// <exception cref="RunFailedException">Slurm refuses the script.</exception>
    public static string Submit(string script) =>
        Run("sbatch", "change what the study's `slurm:` section asks for, or --set slurm.KEY=VALUE", "--parsable", script)
            .Trim().Split(';')[0];

    /// <summary>The tasks of job arrays that are queued or running, of every user whose jobs are visible.</summary>
    /// <returns>`JOB_TASK`, such as `12_3`.</returns>
    /// <exception cref="InputException">Slurm's program is not on this machine's PATH.</exception>
    /// <exception cref="RunFailedException">Slurm does not answer.</exception>
    public static IReadOnlySet<string> Live() =>
        Run("squeue", "`sinfo` tells whether Slurm is up; try again later", "--noheader", "--array", "--format=%F_%K")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet();

    private static string Run(string program, string wayOut, params string[] arguments)
    {
        Process process;
        try
        {
            process = HostSignals.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (Win32Exception e)
        {
            throw new InputException(
                $"--launcher slurm: no {program} on the PATH of {Environment.MachineName}; "
                + "run this on a login node of the cluster, or take --launcher local",
                e);
        }

        using Process owned = process;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == 0)
        {
            return output;
        }

        string[] said = error.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        throw new RunFailedException($"{program} {string.Join(' ', arguments)}: {string.Join("; ", said)}; {wayOut}");
    }
}
