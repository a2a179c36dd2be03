using System.Diagnostics;
using System.Runtime.InteropServices;
using SpeechEmotion.Cli;

namespace SpeechEmotion.Tests;

/// <summary>Signals reach the real program while it trains.</summary>
public sealed partial class SignalTests : IDisposable
{
    private const int KillSignal = 9, Terminate = 15, Continue = 18;
    private readonly TestFolder _folder = new();

    private readonly List<Process> _started = [];

    public void Dispose()
    {
        foreach (Process process in _started)
        {
            process.Kill(entireProcessTree: true); // nothing happens to one that has ended
            process.WaitForExit();
            process.Dispose();
        }

        _folder.Dispose();
    }

    /// <summary>oneDNN's matrix products work with the stack pointer on the heap: about fifteen signals, handled on the training thread,
    /// corrupted the heap of this very run, on processors with AVX-512.</summary>
    [Fact(Timeout = 300_000)]
    public async Task Signals_do_not_disturb_an_LSTM_that_trains()
    {
        Process process = Start(
            "train", MiniatureCorpus.Config("base.yaml"), MiniatureCorpus.Config("models/lstm.yaml"), "--set", "train.epochs=2");
        WaitForEpochs(process, 1);
        Task<string> rest = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        int signals = 0;
        for (; !process.HasExited; signals++)
        {
            _ = Send(process.Id, Continue);
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        Assert.True(process.ExitCode == 0, $"{await rest}\nexit code {process.ExitCode} after {signals} signals");
        Assert.True(signals > 100, $"only {signals} signals came before the end");
    }

    /// <summary>The signals that the program blocks on its own threads must not be blocked in the processes that it starts.</summary>
    [Fact(Timeout = 300_000)]
    public async Task A_worker_and_the_process_that_started_it_end_tidily_by_SIGTERM()
    {
        string quickstart = Path.Combine(MiniatureCorpus.Repository, "experiments/quickstart/study.yaml");
        Process process = Start("compare", quickstart, "--jobs", "2", "--set", "train.epochs=10000");
        WaitForEpochs(process, 6);
        Task<string> rest = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using Process worker = Process.GetProcessById(ChildOf(process));
        _ = Send(worker.Id, Terminate);
        Assert.True(worker.WaitForExit(TimeSpan.FromSeconds(60)), "the worker goes on");
        _ = Send(process.Id, Terminate);
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)), "the study goes on");
        Assert.Equal((App.Stopped, false), (process.ExitCode, (await rest).Contains("   at ", StringComparison.Ordinal)));
    }

    /// <summary>As the system kills one where memory runs out.</summary>
    [Fact(Timeout = 300_000)]
    public async Task A_worker_that_is_killed_is_not_lost_in_silence()
    {
        string quickstart = Path.Combine(MiniatureCorpus.Repository, "experiments/quickstart/study.yaml");
        Process process = Start("compare", quickstart, "--jobs", "2", "--set", "train.epochs=10000");
        WaitForEpochs(process, 6);
        _ = Send(ChildOf(process), KillSignal);
        string? line = "";
        while (line is not null && !line.StartsWith("a worker process was killed (signal 9", StringComparison.Ordinal))
        {
            line = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        }

        Assert.False(line is null, "the study ended without a word about its worker");
    }

    [Fact]
    public void Another_program_that_a_shielded_thread_starts_ends_by_SIGTERM() => Assert.Equal(128 + Terminate, HostSignals.KeepFrom(() =>
    {
        using Process sleep = HostSignals.Start(new ProcessStartInfo("sleep", ["60"]));
        _ = Send(sleep.Id, Terminate);
        return sleep.WaitForExit(TimeSpan.FromSeconds(10)) ? sleep.ExitCode : Kill(sleep);
    }));

    private static int Kill(Process process)
    {
        process.Kill();
        return -1;
    }

    private Process Start(params string[] args)
    {
        string[] always = ["--out", _folder["out"], "--set", "threads=1", "--set", "train.patience=0"];
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "ser.dll"), .. args, .. always])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["SER_CACHE"] = _folder["cache"];
        Process process = Process.Start(start)!;
        _started.Add(process);
        process.BeginOutputReadLine();
        return process;
    }

    private static void WaitForEpochs(Process process, int count)
    {
        List<string> said = [];
        while (count > 0)
        {
            if (process.StandardError.ReadLine() is not { } line)
            {
                process.WaitForExit();
                throw new InvalidOperationException($"{string.Join('\n', said)}\nit ended before: exit code {process.ExitCode}");
            }

            said.Add(line);
            count -= line.Contains("epoch ", StringComparison.Ordinal) && line.Contains(": loss", StringComparison.Ordinal) ? 1 : 0;
        }
    }

    /// <summary>ID of the first child process. Threads of the process may start and end while they are read.</summary>
    private static int ChildOf(Process process)
    {
        foreach (string thread in Directory.EnumerateDirectories($"/proc/{process.Id}/task"))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(thread, "children")).Split(' ')[0] is { Length: > 0 } child)
                {
                    return int.Parse(child);
                }
            }
            catch (Exception e) when (e is IOException)
            {
                // The thread has ended.
            }
        }

        throw new InvalidOperationException($"process {process.Id} has no child");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
