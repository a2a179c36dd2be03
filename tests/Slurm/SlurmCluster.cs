using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SpeechEmotion.Tests;

/// <summary>A real Slurm cluster of one node with two cores, which runs until this object is disposed.</summary>
internal sealed partial class SlurmCluster : IDisposable
{
    private static readonly string Script = Path.Combine(MiniatureCorpus.Repository, "tests", "Slurm", "cluster");
    private readonly string _folder = Directory.CreateTempSubdirectory("ser-slurm").FullName;

    public SlurmCluster()
    {
        (int code, string output) = Run(Script, "start", _folder);
        if (code != 0)
        {
            Dispose();
            Assert.Fail(output);
        }
    }

    /// <summary>Why this machine cannot run a cluster, or null if it can.</summary>
    public static string? Missing
    {
        get
        {
            string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin"];
            string[] needed = ["slurmctld", "slurmd", "munged", "sbatch"];
            string[] lacking = [.. needed.Where(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program))))];
            return lacking.Length > 0 ? $"Slurm is not here ({string.Join(", ", lacking)}); apt-get install slurm-wlm munge"
                : UserId() != 0 ? "Slurm's daemons are started as root, which this is not"
                : null;
        }
    }

    /// <summary>The cluster's configuration, for SLURM_CONF.</summary>
    public string Conf => Path.Combine(_folder, "slurm.conf");

    /// <summary>Runs one of Slurm's programs.</summary>
    public (int Code, string Output) Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SLURM_CONF"] = Conf;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + error.Result;
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    public void Dispose()
    {
        Run(Script, "stop", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint UserId();
}
