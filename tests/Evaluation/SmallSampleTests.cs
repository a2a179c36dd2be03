using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Evaluation;

public class SmallSampleTests
{
    /// <summary>Two-sided 95 % and 99 % points of Student's t, from tables (scipy.stats.t.ppf gives the same to
    /// the last digit here).</summary>
    [Theory]
    [InlineData(1, 0.95, 12.7062)]
    [InlineData(2, 0.95, 4.3027)]
    [InlineData(3, 0.95, 3.1824)]
    [InlineData(9, 0.95, 2.2622)]
    [InlineData(27, 0.95, 2.0518)]
    [InlineData(90, 0.95, 1.9867)]
    [InlineData(9, 0.99, 3.2498)]
    [InlineData(10, 0.5, 0.6998)]
    public void Quantiles_of_Students_t(int freedom, double probability, double t) =>
        Assert.Equal(t, SmallSample.StudentQuantile(probability, freedom), 5e-5);

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1.959964, 0.025)]
    [InlineData(3, 0.0013499)]
    public void Tail_of_the_normal_distribution(double x, double tail) => Assert.Equal(tail, SmallSample.NormalTail(x), 1e-7);

    [Fact]
    public void With_many_speakers_the_plain_percentiles_are_left_and_with_few_the_ends()
    {
        Assert.Equal(0.025, SmallSample.Tail(0.95, 1_000_000), 1e-6);
        Assert.Equal(0.0183, SmallSample.Tail(0.95, 28), 1e-4); // 2.0518 √(28/27) = 2.0895
        Assert.True(SmallSample.Tail(0.95, 2) < 1e-12);
    }
}
