using SpeechEmotion.Cli;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Cli;

public class RunListenerTests
{
    [Fact]
    public void Where_lines_cannot_be_drawn_over_a_long_epoch_is_heard_of_once_a_minute() =>
        Assert.Equal(
            "epoch 1/2: 60 of 200, 138 s left\nepoch 1/2: 120 of 200, 79 s left\nepoch 1/2: 180 of 200, 20 s left\n",
            Heard("epoch 1/2", 200));

    [Fact]
    public void A_line_is_heard_before_the_minute_is_over_and_a_short_job_not_at_all() =>
        Assert.Equal("half\n", Heard("features", 100, halfAt: 50));

    [Fact]
    public void A_second_job_of_the_same_name_is_timed_from_its_own_start() =>
        Assert.Equal(
            "features: 60 of 100, 39 s left\nfeatures: 20 of 100, 76 s left\nfeatures: 80 of 100, 20 s left\n",
            Heard("features", 100, times: 2));

    [Fact]
    public void What_reports_its_progress_can_be_stopped()
    {
        RunListener listener = new(new StringWriter(), terminal: false, stop: new CancellationToken(canceled: true));
        Assert.Throws<OperationCanceledException>(() => listener.Progress("features", 1, 100));
    }

    [Fact]
    public void The_figures_of_a_run_do_not_stand_beside_the_next_one()
    {
        Clock clock = new();
        StringWriter output = new();
        RunListener listener = new(output, terminal: true, clock);
        Step("epoch 1/9");
        listener.Epoch(new EpochRow(1, 0.5, double.NaN, double.NaN, 1e-3, 1), 9);
        Assert.Contains("· loss 0.500", Step("epoch 2/9"), StringComparison.Ordinal);
        Assert.DoesNotContain("loss", Step("features") + Step("epoch 1/9"), StringComparison.Ordinal);
        listener.Epoch(new EpochRow(9, 0.5, double.NaN, double.NaN, 1e-3, 1), 9);
        Assert.DoesNotContain("loss", Step("epoch 7/9"), StringComparison.Ordinal); // Another, resumed run.

        string Step(string job)
        {
            clock.Seconds++;
            output.GetStringBuilder().Clear();
            listener.Progress(job, 1, 2);
            return output.ToString();
        }
    }

    [Fact]
    public void Lines_of_runs_that_go_on_at_the_same_time_are_told_apart()
    {
        using TestFolder folder = new();
        StringWriter output = new();
        RunListener listener = new(output, terminal: false) { Log = folder["log.txt"], Run = new("[2/9] ", folder["run/log.txt"]) };
        listener.Epoch(new EpochRow(1, 0.5, double.NaN, double.NaN, 1e-3, 1), 9);
        listener.Relay("[1/9] epoch 4/9: loss 0.300, 1.0 s");
        listener.Run = null;
        listener.Say("done");
        const string Own = "epoch 1/9: loss 0.500, 1.0 s", All = $"[2/9] {Own}\n[1/9] epoch 4/9: loss 0.300, 1.0 s\ndone\n";
        Assert.Equal(All, output.ToString().ReplaceLineEndings("\n"));
        Assert.Equal(All, Untimed("log.txt"));
        Assert.Equal(Own + "\n", Untimed("run/log.txt"));

        string Untimed(string log) => string.Concat(File.ReadLines(folder[log]).Select(line => line[(line.IndexOf(' ') + 1)..] + "\n"));
    }

    /// <summary>A line that wraps could not be drawn over.</summary>
    [Fact]
    public void The_line_of_an_epoch_fits_into_80_columns()
    {
        Clock clock = new();
        StringWriter output = new();
        RunListener listener = new(output, terminal: true, clock);
        listener.Epoch(new EpochRow(11, 1.234, 1.5, 0.567, 1e-3, 1), 30);
        listener.Progress("epoch 12/30", 1, 102);
        output.GetStringBuilder().Clear();
        clock.Seconds += 12;
        listener.Progress("epoch 12/30", 62, 102);
        Assert.Equal(
            "\r\u001b[K\u001b[?7lepoch 12/30 [██████░░░░] 62/102, 5.2/s, 8 s left · loss 1.234, UAR 56.7 %\u001b[?7h", output.ToString());
        Assert.InRange(output.ToString().Length - "\r\u001b[K\u001b[?7l\u001b[?7h".Length, 60, 79);
    }

    /// <summary>The output for a job that takes one step per second, with another message after step <paramref name="halfAt"/>.</summary>
    private static string Heard(string job, int steps, int halfAt = 0, int times = 1)
    {
        Clock clock = new();
        StringWriter output = new();
        RunListener listener = new(output, terminal: false, clock);
        foreach (int step in Enumerable.Range(0, times).SelectMany(_ => Enumerable.Range(1, steps)))
        {
            clock.Seconds++;
            listener.Progress(job, step, steps);
            if (step == halfAt)
            {
                listener.Say("half");
            }
        }

        return output.ToString();
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; } = 1000;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
