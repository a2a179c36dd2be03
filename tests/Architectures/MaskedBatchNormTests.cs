using SpeechEmotion.Architectures.Blocks;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public class MaskedBatchNormTests
{
    /// <summary>Without padding, the result equals torch's own BatchNorm2d: with four channels by torch's operations, with sixteen by our
    /// kernel. 1e-5: sums in another order.</summary>
    [Theory]
    [InlineData(4, false)]
    [InlineData(16, true)]
    public void Outputs_and_running_statistics_are_those_of_torch(int channels, bool kernel)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);
        MaskedBatchNorm ours = new(channels);
        var theirs = nn.BatchNorm2d(channels);
        Tensor mask = ones(3, 7);
        for (int call = 0; call < 3; call++)
        {
            Tensor input = ((randn(3, 5, 7, channels) * (call + 1)) + call).permute(0, 3, 1, 2); // channels last in memory
            Assert.Equal(kernel, NormRelu.Takes(input));
            Near(theirs.call(input).relu(), ours.Rectified(input, mask));
        }

        Near(theirs.running_mean!, ours.state_dict()["running_mean"]);
        Near(theirs.running_var!, ours.state_dict()["running_var"]);
    }

    private static void Near(Tensor expected, Tensor actual) =>
        Assert.True(actual.allclose(expected, 1e-5, 1e-5), (actual - expected).abs().max().item<float>().ToString());
}
