using SpeechEmotion.Evaluation;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli;

/// <summary>Shows the progress of a run: one line that is redrawn in place in a terminal, plain lines elsewhere, and all plain lines in
/// log.txt.</summary>
/// <param name="output">Takes the lines.</param>
/// <param name="terminal">Whether a line can be redrawn in place.</param>
/// <param name="time">The clock; null takes the system's.</param>
/// <param name="stop">Cancels work when it next reports progress: scans and feature extraction cannot be stopped in any other way.</param>
internal sealed class RunListener(TextWriter output, bool terminal, TimeProvider? time = null, CancellationToken stop = default)
    : IRunListener
{
    /// <summary>Least time between two redraws of a terminal's line.</summary>
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);

    /// <summary>Elsewhere, a long job reports progress after this long without output.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    /// <summary>Such that the line of an epoch fits into 80 columns.</summary>
    private const int BarWidth = 10;

    /// <summary>The terminal's codes for lines that do not wrap, and for lines that do: one that wraps could not be drawn over.</summary>
    private const string NoWrap = "\u001b[?7l", Wrap = "\u001b[?7h";

    private const string EraseLine = "\r\u001b[K";
    private readonly Lock _turn = new();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private long _written = (time ?? TimeProvider.System).GetTimestamp();
    private long _started;
    private string _current = "";
    private string _last = "";
    private string _next = "";
    private bool _drawn;

    /// <summary>A listener on the process's own streams: progress goes to the error stream, so that results can be piped.</summary>
    public static RunListener OnConsole(TextWriter error, CancellationToken stop) =>
        new(error, ReferenceEquals(error, Console.Error) && Screen.Redraws, stop: stop);

    /// <summary>Lines are added to this file too; null adds to none.</summary>
    public string? Log { get; set; }

    /// <inheritdoc/>
    public RunMark? Run { get; set; }

    /// <inheritdoc/>
    public void Say(string line)
    {
        lock (_turn)
        {
            Relay(Run?.Number + line);
            Append(Run?.Log, line);
        }
    }

    /// <summary>Reports a line of a worker process, which keeps the log of its run itself.</summary>
    /// <param name="line">The line.</param>
    public void Relay(string line)
    {
        lock (_turn)
        {
            Erase();
            output.WriteLine(line);
            _written = _time.GetTimestamp();
            Append(Log, line);
        }
    }

    private static void Append(string? log, string line)
    {
        if (log is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(log))!);
            File.AppendAllText(log, $"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ssZ} {line}\n");
        }
    }

    /// <inheritdoc/>
    public void Progress(string job, int done, int of)
    {
        stop.ThrowIfCancellationRequested();
        lock (_turn)
        {
            if (job != _current)
            {
                _current = job;
                _started = _time.GetTimestamp();
                _last = job == _next ? _last : ""; // else it is of another run
            }

            if (done < of && _time.GetElapsedTime(_written) < (terminal ? Redraw : Silence))
            {
                return;
            }

            if (done >= of)
            {
                _current = ""; // The next job may have the same name.
            }

            double share = of == 0 ? 1 : (double)done / of, seconds = _time.GetElapsedTime(_started).TotalSeconds;
            double speed = done / Math.Max(0.001, seconds);
            string left = $"{(share > 0 ? seconds * (1 - share) / share : 0):f0} s left";
            if (!terminal)
            {
                if (done < of)
                {
                    Say($"{job}: {done} of {of}, {left}");
                }

                return;
            }

            _written = _time.GetTimestamp();
            int full = (int)(share * BarWidth);
            string bar = new string('█', full) + new string('░', BarWidth - full);
            string pace = speed < 10 ? $"{speed:f1}" : $"{speed:f0}";
            string line = $"{job} [{bar}] {done}/{of}, {pace}/s, {left}{_last}";
            output.Write(EraseLine + NoWrap + line + Wrap);
            _drawn = true;
            if (done >= of && !job.StartsWith("epoch", StringComparison.Ordinal))
            {
                Erase();
            }
        }
    }

    /// <inheritdoc/>
    public void Epoch(EpochRow row, int epochs)
    {
        _next = $"epoch {row.Epoch + 1}/{epochs}";
        bool validated = !double.IsNaN(row.ValidationUar);
        _last = $" · loss {row.TrainLoss:f3}" + (validated ? $", UAR {100 * row.ValidationUar:f1} %" : "");
        string validation = validated ? $" validation loss {row.ValidationLoss:f3}, UAR {100 * row.ValidationUar:f1} %," : "";
        Say($"epoch {row.Epoch}/{epochs}: loss {row.TrainLoss:f3},{validation} {row.Seconds:f1} s");
    }

    private void Erase()
    {
        if (_drawn)
        {
            output.Write(EraseLine);
            _drawn = false;
        }
    }
}
