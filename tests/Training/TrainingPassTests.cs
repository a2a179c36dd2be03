using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Features;
using SpeechEmotion.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

/// <summary>That what the config says of the passes reaches them. Six clips of two classes, four of the one and two of the other, in one
/// batch or three.</summary>
public sealed class TrainingPassTests : IDisposable
{
    private const int Clips = 6;
    private static readonly FeatureOptions Small = new() { Mels = 8 };
    private static readonly int[] Labels = [0, 0, 0, 0, 1, 1];
    private static readonly Feature[] Sounds = [.. Enumerable.Range(20, Clips).Select(frames => new Feature(
        [.. Enumerable.Range(0, frames * 8).Select(i => ((i * 31) + frames) % 7 - 3f)], frames, 8))];
    private static readonly Normaliser Fitted = Normaliser.Fit("global", Sounds);
    private static readonly ModelCard Card = new(
        "mlp", new MlpOptions { Dropout = 0 }, new ModelShape(8, 2), "two", ["a", "b"], Small, Fitted);

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Side _side = new(
        new ClipSet(Sounds, Labels, Fitted, CPU),
        [.. Enumerable.Range(0, Clips).Select(i => new Utterance($"x/{i}", "x", $"{i}.wav", $"{i}", "x/1", "male", "a", 1, 16000))],
        Labels);

    public void Dispose()
    {
        _side.Clips.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [InlineData("cosine")]
    [InlineData("constant")]
    public void The_learning_rate_follows_its_schedule_over_all_epochs(string schedule)
    {
        TrainOptions train = new() { Epochs = 4, BatchSize = 2, LearningRate = 0.01, Schedule = schedule };
        using EmotionModel model = Model();
        using TrainingPass pass = Pass(train, model);
        for (int epoch = 1; epoch <= 4; epoch++)
        {
            pass.Take(epoch, CancellationToken.None);
            double expected = schedule == "constant" ? 0.01 : Schedule.Rate((3 * epoch) - 1, 12, 0.01, train.WarmUp);
            Assert.Equal(expected, pass.LastRate(epoch));
            Assert.All(pass.Optimiser.ParamGroups, group => Assert.Equal(expected, group.LearningRate));
        }
    }

    [Fact]
    public void A_model_that_is_solved_has_no_learning_rate()
    {
        using EmotionModel model = ModelCatalog.Create("rbf_network", new RbfNetworkOptions { Centres = 4 }, new ModelShape(8, 2));
        using TrainingPass pass = Pass(new TrainOptions { Epochs = 1 }, model);
        Assert.Equal(double.NaN, pass.LastRate(1));
    }

    [Theory]
    [InlineData("balanced")]
    [InlineData("none")]
    public void Class_weights_are_those_of_the_config(string weights)
    {
        TrainOptions train = new() { ClassWeights = weights };
        using EmotionModel model = Model(), twin = Model();
        using TrainingPass pass = Pass(train, model);
        Loss loss = new(train, weights == "none" ? null : tensor(new[] { 0.75f, 1.5f }));
        twin.train(); // normalises by its batch, as the pass does
        Batch all = _side.Clips.Gather([.. Enumerable.Range(0, Clips)]);
        float expected = loss.Of(twin.forward(all.Features, all.Lengths), all.Labels).item<float>();
        Assert.Equal(expected, pass.Take(1, CancellationToken.None), 1e-6); // single precision: the order of the clips is another
    }

    /// <summary>Adam's first step moves a weight by the rate times |g| / (|g| + epsilon).</summary>
    [Theory]
    [InlineData(1e-8)]
    [InlineData(1.0)]
    public void Epsilon_reaches_the_optimiser(double epsilon)
    {
        using EmotionModel model = Model();
        using TrainingPass pass = Pass(
            new TrainOptions { Epsilon = epsilon, WeightDecay = 0, Schedule = "constant", LearningRate = 1e-3, ClipNorm = 0 }, model);
        Tensor[] before = [.. model.parameters().Select(p => p.detach().clone())];
        pass.Take(1, CancellationToken.None);
        Assert.All(model.parameters().Zip(before), pair =>
        {
            Tensor size = pair.First.grad!.abs();
            Tensor moved = (pair.First.detach() - pair.Second).abs();
            Assert.True(moved.allclose(size / (size + epsilon) * 1e-3, rtol: 1e-3, atol: 1e-7)); // weights of 1 are exact to 1e-7
        });
    }

    private static EmotionModel Model()
    {
        manual_seed(1);
        return Card.Build();
    }

    private TrainingPass Pass(TrainOptions train, EmotionModel model) => new(
        new RunConfig { Features = Small, Train = train, Augment = new AugmentOptions() }, Card, model, _side, new Silence(), CPU);
}
