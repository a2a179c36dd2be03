using SpeechEmotion.Training;

namespace SpeechEmotion.Tests;

public class ScheduleTests
{
    [Fact]
    public void Rises_to_the_peak_then_falls_to_near_zero()
    {
        double[] rates = Enumerable.Range(0, 100).Select(s => Schedule.Rate(s, 100, 0.01, 0.1)).ToArray();

        Assert.All(Enumerable.Range(1, 9), s => Assert.True(rates[s] > rates[s - 1]));
        Assert.Equal(0.01, rates[10]);
        Assert.All(Enumerable.Range(11, 89), s => Assert.True(rates[s] < rates[s - 1]));
        Assert.InRange(rates[99], 0, 0.01 * 0.001);
    }

    [Fact]
    public void Without_warm_up_starts_at_the_peak() => Assert.Equal(0.5, Schedule.Rate(0, 10, 0.5, 0));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    public void Every_rate_of_a_short_run_is_positive(int steps, double warmUp) =>
        Assert.All(Enumerable.Range(0, steps), s => Assert.InRange(Schedule.Rate(s, steps, 1, warmUp), double.Epsilon, 1));

    [Fact]
    public void Seeds_differ_by_purpose_and_repeat()
    {
        Assert.Equal(Seeds.Of(1, "epoch 1"), Seeds.Of(1, "epoch 1"));
        IEnumerable<int> seeds = Enumerable.Range(0, 100).SelectMany(i => new[] { Seeds.Of(i, "weights"), Seeds.Of(1, $"epoch {i}") });
        Assert.Equal(200, seeds.Distinct().Count());
    }
}
