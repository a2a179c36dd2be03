using System.Diagnostics;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli;

/// <summary>Further processes of this program that work on the same study. Small models train faster in several one-thread processes than
/// in one with many threads.</summary>
internal sealed class WorkerProcesses : IDisposable
{
    private const string VisibleCards = "CUDA_VISIBLE_DEVICES";
    private readonly List<Process> _processes = [];
    private volatile bool _ending;

    /// <summary>Starts the workers; each takes runs that no other has taken.</summary>
    /// <param name="arguments">This process's own arguments.</param>
    /// <param name="count">Workers to start.</param>
    /// <param name="threads">Torch threads of each.</param>
    /// <param name="cards">GPUs to spread them over; this process has the first.</param>
    /// <param name="began">When the call began, UTC.</param>
    /// <param name="say">Called with each line that a worker writes to its error stream.</param>
    public WorkerProcesses(IReadOnlyList<string> arguments, int count, int threads, int cards, DateTime began, Action<string> say)
    {
        string[] all =
        [
            .. ThisProgram.Again(arguments, "--jobs"), "--worker", $"{began.Ticks}", "--jobs", "1", "--set", $"threads={threads}",
        ];
        string? visible = Environment.GetEnvironmentVariable(VisibleCards);
        try
        {
            for (int number = 1; number <= count; number++)
            {
                Start(number);
            }
        }
        catch
        {
            Dispose(); // Otherwise those that have started would work on and keep their runs.
            throw;
        }

        void Start(int number)
        {
            ProcessStartInfo start = new(all[0], all[1..]) { RedirectStandardError = true, RedirectStandardOutput = true };
            if (GpuShare.Of(visible, cards, number) is string card)
            {
                start.Environment[VisibleCards] = card;
            }

            Process process = Process.Start(start)!;
            _processes.Add(process);
            process.ErrorDataReceived += (_, line) => Hear(line.Data);
            process.OutputDataReceived += (_, _) => { };
            process.Exited += (_, _) => Lost(process);
            process.EnableRaisingEvents = true;
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
        }

        // Runs of a worker that was killed, as the system does where memory runs out, are taken up by the others; but nobody would know.
        void Lost(Process process)
        {
            const int BySignal = 128; // exit codes of processes that a signal has ended, as .NET and shells give them
            try
            {
                if (!_ending && process.ExitCode is > BySignal and not App.Stopped and int code)
                {
                    Hear($"a worker process was killed (signal {code - BySignal}; too little memory?); the others go on with its run");
                }
            }
            catch (InvalidOperationException)
            {
                // Disposed of meanwhile: the study is over.
            }
        }

        void Hear(string? line)
        {
            try
            {
                if (!string.IsNullOrEmpty(line))
                {
                    say(line);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The log cannot be written, as on a full disk. Thrown on this thread it would end the program with a stack trace. The main
                // thread reports it if its own next write fails too.
            }
        }
    }

    /// <summary>Ends workers that still run, after up to 5 s for all to finish: a Ctrl-C reaches them too.</summary>
    public void Dispose()
    {
        _ending = true;
        Stopwatch waited = Stopwatch.StartNew();
        foreach (Process process in _processes)
        {
            if (!process.WaitForExit(Math.Max(0, 5000 - (int)waited.ElapsedMilliseconds)))
            {
                process.Kill(entireProcessTree: true);
            }

            process.Dispose();
        }
    }
}
