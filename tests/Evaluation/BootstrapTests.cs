using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Evaluation;

public class BootstrapTests
{
    [Fact]
    public void Interval_covers_the_true_uar_about_as_often_as_it_says()
    {
        // 400 studies of 28 speakers (as many as RAVDESS and SAVEE have) with a true UAR of 0.6. The limits are 95 % ± four standard errors
        // of 400 draws, 4 * sqrt(0.95 * 0.05 / 400) = 4.4 points.
        Random random = new(11);
        int covered = 0;
        for (int study = 0; study < 400; study++)
        {
            Interval interval = Bootstrap.UarInterval(Rows.Study(random, 28, 8), 4, resamples: 400, seed: study)!;
            covered += interval.Low <= 0.6 && 0.6 <= interval.High ? 1 : 0;
        }

        Assert.InRange(covered / 400.0, 0.906, 0.994);
    }

    [Fact]
    public void Interval_is_repeatable_holds_the_figure_and_grows_with_the_level()
    {
        Prediction[] rows = Rows.Study(new Random(5), 20, 8), shuffled = [.. rows];
        new Random(6).Shuffle(shuffled);
        Interval interval = Bootstrap.UarInterval(rows, 4)!, narrow = Bootstrap.UarInterval(rows, 4, level: 0.5)!;
        Assert.Equal(interval, Bootstrap.UarInterval(shuffled, 4));
        Assert.NotEqual(interval, Bootstrap.UarInterval(rows, 4, seed: 2));
        Assert.InRange(Metrics.Compute(rows, Rows.Four).Uar, narrow.Low, narrow.High);
        Assert.True(interval.Low < narrow.Low && narrow.High < interval.High);
    }

    [Fact]
    public void Doubled_clips_of_the_same_speakers_give_no_narrower_interval()
    {
        Prediction[] rows = Rows.Study(new Random(7), 10, 8);
        Assert.Equal(Bootstrap.UarInterval(rows, 4), Bootstrap.UarInterval([.. rows, .. rows], 4));
    }

    [Fact]
    public void Alike_speakers_give_a_point_and_one_speaker_gives_none()
    {
        Prediction[] one = Rows.Study(new Random(8), 1, 8);
        Prediction[] twins = [.. one, .. one.Select(row => row with { Speaker = "twin" })];
        double uar = Metrics.Compute(one, Rows.Four).Uar;
        Assert.Equal(new Interval(uar, uar), Bootstrap.UarInterval(twins, 4));
        Assert.Null(Bootstrap.UarInterval(one, 4));
        Assert.Null(Bootstrap.UarInterval([], 4));
    }

    [Fact]
    public void A_draw_that_lacks_a_class_is_scored_on_the_others()
    {
        // Either speaker alone has one class; a draw of one speaker twice scores 1 or 0, never NaN.
        Prediction[] rows = [Rows.Row(0, 0, 2, "a", "1"), Rows.Row(1, 0, 2, "b", "2")];
        Assert.Equal(new Interval(0, 1), Bootstrap.UarInterval(rows, 2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_level_outside_0_and_1_is_refused(double level) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.UarInterval(Rows.Study(new Random(9), 2, 1), 4, level: level));
}
