using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;
using SpeechEmotion.Features;
using SpeechEmotion.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public sealed class TrainingStepTests : IDisposable
{
    private static readonly FeatureOptions Small = new() { Mels = 8 };
    private static readonly Feature[] Sounds = [.. Enumerable.Range(20, 4).Select(frames => new Feature(
        [.. Enumerable.Range(0, frames * 8).Select(i => ((i * 31) + frames) % 7 - 3f)], frames, 8))];
    private static readonly Normaliser Fitted = Normaliser.Fit("global", Sounds);
    private static readonly int[] All = [0, 1, 2, 3];
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly ClipSet _clips = new(Sounds, All, Fitted, CPU);

    public void Dispose()
    {
        _clips.Dispose();
        _scope.Dispose();
    }

    /// <summary>The two labels of a mixed clip count by their shares; the second is that of the clip that was mixed in.</summary>
    [Fact]
    public void A_mixed_batch_has_the_loss_of_both_labels()
    {
        RunConfig config = Config(new TrainOptions { LabelSmoothing = 0, ClipNorm = 0 }, new AugmentOptions { Mixup = 0.4 });
        EmotionModel model = Model(), twin = Model();
        using Tensor sum = zeros(1);
        manual_seed(3);
        Step(config, model).Take(_clips, All, 0, sum);

        manual_seed(3);
        Batch batch = _clips.Gather(All);
        Tensor other = randperm(4), share = distributions.Beta(tensor(0.4f), tensor(0.4f)).sample();
        Tensor mixed = (batch.Features * share) + (batch.Features[other] * (1 - share));
        Tensor logits = twin.forward(mixed, batch.Lengths.maximum(batch.Lengths[other]));
        Tensor expected = (nn.functional.cross_entropy(logits, batch.Labels) * share)
            + (nn.functional.cross_entropy(logits, batch.Labels[other]) * (1 - share));
        Assert.NotEqual([0L, 1, 2, 3], other.data<long>().ToArray());
        Assert.InRange(share.item<float>(), 0.05, 0.95); // or one label would hide the other
        Assert.Equal(expected.item<float>(), sum.item<float>(), 1e-6);
    }

    [Fact]
    public void A_batch_is_augmented_before_the_model_hears_it()
    {
        RunConfig config = Config(new TrainOptions(), new AugmentOptions { GainDb = 6, FrequencyMask = 4 });
        EmotionModel model = Model(), twin = Model();
        using Tensor sum = zeros(1);
        manual_seed(3);
        Step(config, model).Take(_clips, All, 0, sum);

        manual_seed(3);
        using BatchAugment augment = new(config.Augment, Small, Fitted, CPU);
        Batch altered = augment.Apply(_clips.Gather(All));
        Tensor expected = new Loss(config.Train, null).Of(twin.forward(altered.Features, altered.Lengths), altered.Labels);
        Assert.Equal(expected.item<float>(), sum.item<float>());
    }

    [Fact]
    public void A_step_at_rate_nought_moves_no_weight_and_at_another_all()
    {
        EmotionModel model = Model();
        using Tensor sum = zeros(1);
        TrainingStep step = Step(Config(new TrainOptions(), new AugmentOptions()), model);
        float[][] before = Weights(model);
        step.Take(_clips, All, 0, sum);
        Assert.Equal(before, Weights(model));
        step.Take(_clips, All, 1e-3, sum);
        Assert.All(before.Zip(Weights(model)), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public void Gradients_are_clipped_to_their_norm()
    {
        EmotionModel model = Model();
        using Tensor sum = zeros(1);
        Step(Config(new TrainOptions { ClipNorm = 1e-3 }, new AugmentOptions()), model).Take(_clips, All, 0, sum);
        Assert.Equal(1e-3, Math.Sqrt(model.parameters().Sum(p => (double)p.grad!.square().sum().item<float>())), 1e-6);
    }

    [Fact]
    public void Squared_weights_add_themselves_over_the_batch_to_the_gradient()
    {
        EmotionModel without = Model(), with = Model();
        using Tensor sum = zeros(1);
        Step(Config(new TrainOptions { ClipNorm = 0 }, new AugmentOptions()), without).Take(_clips, All, 0, sum);
        Step(Config(new TrainOptions { ClipNorm = 0, L2 = 2 }, new AugmentOptions()), with).Take(_clips, All, 0, sum);
        Assert.All(without.parameters().Zip(with.parameters()), pair =>
        {
            Tensor added = pair.First.dim() > 1 ? pair.First * 2 / 4 : zeros_like(pair.First);
            // The difference of two single-precision gradients of size up to some 10, and a product.
            Assert.True((pair.Second.grad! - pair.First.grad!).allclose(added, 1e-4, 1e-6));
        });
    }

    /// <summary>If a step left a tensor that nothing disposes of, memory would grow with the epochs.</summary>
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.2, 0, 0)]
    [InlineData(0, 0.2, 0)]
    [InlineData(0.2, 0.2, 0.3)]
    public void Live_tensors_stay_flat(double warp, double tempo, double mixup)
    {
        AugmentOptions augment = new() { Warp = warp, Tempo = tempo, Mixup = mixup, GainDb = 6, TimeMask = 4, FrequencyMask = 2 };
        TrainingStep step = Step(Config(new TrainOptions(), augment), Model());
        using Tensor sum = zeros(1);

        Live(); // the first step creates the optimiser's state
        long live = Live();
        Assert.Equal([live, live, live], new[] { Live(), Live(), Live() });

        long Live()
        {
            step.Take(_clips, All, 1e-3, sum);
            return DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        }
    }

    private static RunConfig Config(TrainOptions train, AugmentOptions augment) =>
        new() { Features = Small, Train = train, Augment = augment };

    /// <summary>A model with the same weights each time and without dropout, so that nothing in it is random.</summary>
    private static EmotionModel Model()
    {
        manual_seed(1);
        return ModelCatalog.Create("mlp", new MlpOptions { Dropout = 0 }, new ModelShape(8, 4));
    }

    private static TrainingStep Step(RunConfig config, EmotionModel model) =>
        new(
            config, model, optim.AdamW(model.parameters()), new Loss(config.Train, null),
            new BatchAugment(config.Augment, config.Features, Fitted, CPU));

    private static float[][] Weights(EmotionModel model) => [.. model.parameters().Select(p => p.data<float>().ToArray())];
}
