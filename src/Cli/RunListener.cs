using System.Diagnostics;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli;

/// <summary>Shows how a run goes on: one line that is drawn over and over in a terminal, plain lines elsewhere, and all lines in log.txt.</summary>
internal sealed class RunListener(TextWriter output, bool terminal) : IRunListener
{
    /// <summary>A terminal's line is drawn at most this often.</summary>
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);

    private const int BarWidth = 24;
    private readonly Lock _turn = new();
    private readonly Stopwatch _sinceDraw = Stopwatch.StartNew();
    private readonly Stopwatch _job = new();
    private string _current = "";
    private string _last = "";
    private int _drawn;

    /// <summary>A listener on the process's own streams: progress goes to the error stream, so that results can be piped.</summary>
    public static RunListener OnConsole(TextWriter error) => new(error, ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected);

    /// <summary>Lines are added to this file too; null adds to none.</summary>
    public string? Log { get; set; }

    /// <inheritdoc/>
    public void Say(string line)
    {
        lock (_turn)
        {
            Erase();
            output.WriteLine(line);
            if (Log is not null)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Log))!);
                File.AppendAllText(Log, $"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ssZ} {line}\n");
            }
        }
    }

    /// <inheritdoc/>
    public void Progress(string job, int done, int of)
    {
        lock (_turn)
        {
            if (job != _current)
            {
                _current = job;
                _job.Restart();
            }

            if (!terminal || (done < of && _sinceDraw.Elapsed < Redraw))
            {
                return;
            }

            _sinceDraw.Restart();
            double share = of == 0 ? 1 : (double)done / of;
            int full = (int)(share * BarWidth);
            double speed = done / Math.Max(0.001, _job.Elapsed.TotalSeconds);
            double left = share > 0 ? _job.Elapsed.TotalSeconds * (1 - share) / share : 0;
            string line = $"{job} [{new string('█', full)}{new string('░', BarWidth - full)}] {done}/{of}, {(speed < 10 ? $"{speed:f1}" : $"{speed:f0}")}/s, {left:f0} s left{_last}";
            output.Write("\r" + line.PadRight(_drawn));
            _drawn = line.Length;
            if (done >= of && !job.StartsWith("epoch", StringComparison.Ordinal))
            {
                Erase();
            }
        }
    }

    /// <inheritdoc/>
    public void Epoch(EpochRow row, int epochs)
    {
        _last = $" · last: loss {row.TrainLoss:f3}" + (double.IsNaN(row.ValidationUar) ? "" : $", validation UAR {100 * row.ValidationUar:f1} %");
        string validation = double.IsNaN(row.ValidationUar) ? "" : $" validation loss {row.ValidationLoss:f3}, UAR {100 * row.ValidationUar:f1} %,";
        Say($"epoch {row.Epoch}/{epochs}: loss {row.TrainLoss:f3},{validation} {row.Seconds:f1} s");
        if (row.Epoch == epochs)
        {
            _last = "";
        }
    }

    private void Erase()
    {
        if (_drawn > 0)
        {
            output.Write("\r" + new string(' ', _drawn) + "\r");
            _drawn = 0;
        }
    }
}
