using SpeechEmotion.Architectures;
using SpeechEmotion.Architectures.Blocks;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Architectures;

public class ClipStatisticsTests
{
    private static float Statistic(IReadOnlyList<int> percentiles, int index, Tensor clips, long[] lengths, int row) =>
        ClipStatistics.Of(clips, tensor(lengths), percentiles)[row, index].item<float>();

    [Fact]
    public void Percentiles_are_those_of_the_sound_frames_by_linear_interpolation()
    {
        Tensor clips = tensor(new float[] { 5, 1, 4, 2, 3, 99, 7, 9, 99, 99, 99, 99 }, [2, 6, 1]);
        // numpy.percentile([1, 2, 3, 4, 5], [10, 50, 75, 100]) and of [7, 9].
        float[][] expected = [[1.4f, 3, 4, 5], [7.2f, 8, 8.5f, 9]];
        for (int row = 0; row < 2; row++)
        {
            for (int p = 0; p < 4; p++)
            {
                Assert.Equal(expected[row][p], Statistic([10, 50, 75, 100], 2 + p, clips, [5, 2], row), 1e-5f);
            }
        }

        Assert.Equal([1f, 5f], [Statistic([], 2, clips, [5, 2], 0), Statistic([], 3, clips, [5, 2], 0)]);
    }

    [Fact]
    public void Moments_are_mean_and_deviation_of_the_sound_frames()
    {
        Tensor clips = tensor(new float[] { 1, 10, 5, 30, 99, 99, 2, 7, 4, 7, 6, 10 }, [2, 3, 2]);
        // numpy.mean and numpy.std of [1, 5], [10, 30] and of [2, 4, 6], [7, 7, 10].
        float[] expected = [3, 20, 2, 10, 4, 8, 1.632993f, 1.414214f];
        Tensor found = ClipStatistics.Moments(clips, tensor(new long[] { 2, 3 }));
        Assert.All(found.data<float>().Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
    }

    [Fact]
    public void A_list_of_percentiles_outside_0_to_100_is_an_error() => Assert.Throws<ArgumentException>(() =>
        ModelCatalog.Create("mlp", new MlpOptions { Percentiles = [50, 101] }, new ModelShape(4, 2)));
}
