using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Features;
using SpeechEmotion.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

/// <summary>That what the config says of the passes reaches them. Six clips of two classes, four of the one and two of the other, each
/// class by a speaker of its own, in one batch or three.</summary>
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
        [.. Labels.Select((label, i) => new Utterance($"x/{i}", "x", $"{i}.wav", $"{i}", $"x/{label}", "male", "a", 1, 16000))],
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
        optim.Optimizer? optimiser = null;
        List<double> rates = [];
        Silence after = new(progress: () => rates.AddRange(optimiser!.ParamGroups.Select(group => group.LearningRate)));
        using TrainingPass pass = Pass(train, model, listener: after);
        optimiser = pass.Optimiser;
        for (int epoch = 1; epoch <= 4; epoch++)
        {
            pass.Take(epoch, CancellationToken.None);
            Assert.Equal(rates[^1], pass.LastRate(epoch));
        }

        Assert.Equal(
            Enumerable.Range(0, 12).Select(step => schedule == "constant" ? 0.01 : Schedule.Rate(step, 12, 0.01, train.WarmUp)), rates);
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

    /// <summary>Of at most two clips of each speaker, half are of either class, so that weights change nothing.</summary>
    [Fact]
    public void Class_weights_are_those_of_the_clips_that_an_epoch_draws()
    {
        TrainOptions train = new() { ClipsPerSpeaker = 2 };
        Assert.Equal(LossOf(train with { ClassWeights = "none" }), LossOf(train with { ClassWeights = "balanced" }));
    }

    [Fact]
    public void Each_epoch_and_each_seed_draws_anew()
    {
        TrainOptions train = new();
        double[] losses = [LossOf(train), LossOf(train, epoch: 2), LossOf(train, seed: 2)];
        Assert.Equal(3, losses.Distinct().Count());
    }

    [Fact]
    public void The_average_takes_the_weights_that_a_step_leaves()
    {
        using EmotionModel model = Model();
        using TrainingPass pass = Pass(new TrainOptions { Average = 1e-9 }, model);
        pass.Take(1, CancellationToken.None);
        Assert.Equal(
            model.parameters().SelectMany(p => p.data<float>().ToArray()),
            pass.Average!.Model.parameters().SelectMany(p => p.data<float>().ToArray()));
    }

    /// <summary>The fourth to sixth step of a run keep 4/13, 5/14 and 6/15 of the average.</summary>
    [Fact]
    public void How_much_of_the_average_is_kept_hangs_on_the_steps_of_all_epochs()
    {
        using EmotionModel model = Model();
        using TrainingPass pass = Pass(new TrainOptions { BatchSize = 2, LearningRate = 1e-12, Average = 0.999 }, model);
        pass.Take(1, CancellationToken.None);
        Tensor weight = model.parameters().First(), mean = pass.Average!.Model.parameters().First(), before = mean.detach().clone();
        using (no_grad())
        {
            weight.add_(1);
        }

        pass.Take(2, CancellationToken.None);
        double moved = 1 - (4.0 / 13 * 5 / 14 * 6 / 15);
        Assert.InRange((mean - before - moved).abs().max().item<float>(), 0, 1e-6); // weights of 1 in single precision
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

    /// <summary>A step shrinks a weight by the rate times the decay, whatever its gradient does besides.</summary>
    [Fact]
    public void Weight_decay_reaches_the_optimiser()
    {
        using EmotionModel before = Model(), without = Model(), with = Model();
        foreach ((EmotionModel model, double decay) in new[] { (without, 0.0), (with, 10.0) })
        {
            using TrainingPass pass = Pass(new TrainOptions { WeightDecay = decay, Schedule = "constant", LearningRate = 1e-3 }, model);
            pass.Take(1, CancellationToken.None);
        }

        Assert.All(before.parameters().Zip(without.parameters(), with.parameters()), of =>
            Assert.True((of.Second - of.Third).allclose(of.First * 0.01, rtol: 0, atol: 2e-7))); // two weights of 1, each exact to 1e-7
    }

    /// <summary>The loss of a pass from the same weights, its gain drawn for each clip.</summary>
    private double LossOf(TrainOptions train, int epoch = 1, int seed = 1)
    {
        using EmotionModel model = Model();
        using TrainingPass pass = Pass(train, model, new AugmentOptions { GainDb = 6 }, seed);
        return pass.Take(epoch, CancellationToken.None);
    }

    private static EmotionModel Model()
    {
        manual_seed(1);
        return Card.Build();
    }

    private TrainingPass Pass(
        TrainOptions train, EmotionModel model, AugmentOptions? augment = null, int seed = 1, IRunListener? listener = null) => new(
        new RunConfig { Features = Small, Train = train, Augment = augment ?? new AugmentOptions(), Seed = seed },
        Card, model, _side, listener ?? new Silence(), CPU);
}
