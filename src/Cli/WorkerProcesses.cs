using System.Diagnostics;

namespace SpeechEmotion.Cli;

/// <summary>More processes of this program on the same study. Small models train faster as several one-thread processes than as one of many threads.</summary>
internal sealed class WorkerProcesses : IDisposable
{
    private readonly Process[] _processes;

    /// <summary>Starts the workers; each takes runs that no other has.</summary>
    /// <param name="arguments">This process's own arguments.</param>
    /// <param name="count">Workers to start.</param>
    /// <param name="threads">Torch threads of each.</param>
    /// <param name="say">Hears each line that a worker says.</param>
    public WorkerProcesses(IReadOnlyList<string> arguments, int count, int threads, Action<string> say)
    {
        string program = Environment.ProcessPath!;
        bool host = Path.GetFileNameWithoutExtension(program) == "dotnet";
        int jobs = arguments.ToList().IndexOf("--jobs");
        IEnumerable<string> own = arguments.Where((_, i) => jobs < 0 || (i != jobs && i != jobs + 1));
        string[] all = [.. host ? new[] { typeof(WorkerProcesses).Assembly.Location } : [], .. own, "--worker", "--jobs", "1", "--set", $"threads={threads}"];
        _processes = Enumerable.Range(0, count).Select(_ =>
        {
            Process process = Process.Start(new ProcessStartInfo(program, all) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.ErrorDataReceived += (_, line) => Hear(line.Data);
            process.OutputDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            return process;
        }).ToArray();

        void Hear(string? line)
        {
            if (!string.IsNullOrEmpty(line))
            {
                say(line);
            }
        }
    }

    /// <summary>Ends workers that still run: with Ctrl-C they have heard it themselves and get a moment to finish.</summary>
    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            if (!process.WaitForExit(TimeSpan.FromSeconds(5)))
            {
                process.Kill(entireProcessTree: true);
            }

            process.Dispose();
        }
    }
}
