using SpeechEmotion.Architectures;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Architectures;

public sealed class PlanesTests
{
    [Theory, InlineData("cnn"), InlineData("cnn_lstm")]
    public void A_plane_without_weight_changes_nothing(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);
        using EmotionModel one = Create(name, 1, 20), three = Create(name, 3, 60);
        Dictionary<string, Tensor> from = one.state_dict();
        using (no_grad())
        {
            foreach ((string key, Tensor value) in three.state_dict())
            {
                Tensor source = from[key];
                if (value.shape.SequenceEqual(source.shape))
                {
                    value.copy_(source);
                }
                else
                {
                    // Only the first convolution sees the planes: its weights are (C', P, 3, 3).
                    Assert.Equal([source.shape[0], 3L, 3, 3], value.shape);
                    value.zero_();
                    value[.., 1..2].copy_(source);
                }
            }
        }

        Tensor planes = randn(2, 17, 60), lengths = tensor([17L, 11]);
        one.eval();
        three.eval();
        Tensor expected = one.forward(planes[.., .., 20..40].contiguous(), lengths), found = three.forward(planes, lengths);
        // A convolution over three channels adds in another order than one over a single channel: some ulps of values around 1.
        Assert.InRange((expected - found).abs().max().item<float>(), 0, 1e-5f);
    }

    [Theory, InlineData("cnn"), InlineData("cnn_lstm")]
    public void Values_that_fill_no_planes_are_refused(string name) =>
        Assert.Contains("model.planes", Assert.Throws<ArgumentException>(() => Create(name, 3, 64)).Message, StringComparison.Ordinal);

    private static EmotionModel Create(string name, int planes, int features) => ModelCatalog.Create(
        name,
        name == "cnn"
            ? new CnnOptions { Planes = planes, Channels = [16, 16] }
            : new CnnLstmOptions { Planes = planes, Channels = [16, 16] },
        new ModelShape(features, 4));
}
