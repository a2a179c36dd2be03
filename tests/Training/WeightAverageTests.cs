using SpeechEmotion.Architectures;
using SpeechEmotion.Features;
using SpeechEmotion.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public class WeightAverageTests
{
    private static readonly ModelCard Card = new(
        "cnn", new CnnOptions { Channels = [4], TimeHalvings = 1 }, new ModelShape(16, 3), "four", ["a", "b", "c"],
        new FeatureOptions { Mels = 16 }, new Normaliser("none", new float[16], Enumerable.Repeat(1f, 16).ToArray()));

    [Fact]
    public void It_starts_at_the_weights_and_follows_them_by_its_decay()
    {
        using EmotionModel model = Card.Build();
        using WeightAverage average = new(Card, model, 0.9, CPU);
        Parameter weight = model.parameters().First(), mean = average.Model.parameters().First();
        Tensor start = weight.detach().clone();
        Assert.True(start.equal(mean).all().item<bool>());

        using (no_grad())
        {
            weight.add_(1);
        }

        average.Update(1000);
        average.Update(1001);

        // Two updates go 1 - 0.9² of the way; single precision.
        Assert.InRange((mean - start - 0.19).abs().max().item<float>(), 0, 1e-5);
    }

    [Fact]
    public void Early_averages_are_short()
    {
        using EmotionModel model = Card.Build();
        using WeightAverage average = new(Card, model, 0.999, CPU);
        Parameter weight = model.parameters().First(), mean = average.Model.parameters().First();
        Tensor start = weight.detach().clone();
        using (no_grad())
        {
            weight.add_(1);
        }

        average.Update(0);

        Assert.InRange((mean - start - 0.9).abs().max().item<float>(), 0, 1e-5); // (1 + 0) / (10 + 0) of the old average is kept
    }

    [Fact]
    public void Running_statistics_are_taken_over_as_they_are()
    {
        using EmotionModel model = Card.Build();
        using WeightAverage average = new(Card, model, 0.9, CPU);
        model.train();
        model.forward(randn(4, 10, 16) + 3, tensor(new long[] { 10, 10, 10, 10 }));

        average.TakeStatistics();

        Assert.NotEmpty(model.buffers());
        Assert.All(model.buffers().Zip(average.Model.buffers()), b => Assert.True(b.First.equal(b.Second).all().item<bool>()));
    }
}
