using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;
using SpeechEmotion.Features;
using SpeechEmotion.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public class TrainingStepTests
{
    /// <summary>A tensor a step that nothing disposes of is memory that grows with the epochs.</summary>
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.2, 0, 0)]
    [InlineData(0, 0.2, 0)]
    [InlineData(0.2, 0.2, 0.3)]
    public void Live_tensors_stay_flat(double warp, double tempo, double mixup)
    {
        using DisposeScope outer = NewDisposeScope();
        RunConfig config = new() { Features = new FeatureOptions { Mels = 8 }, Augment = new AugmentOptions { Warp = warp, Tempo = tempo, Mixup = mixup, GainDb = 6, TimeMask = 4, FrequencyMask = 2 } };
        Feature[] sounds = [.. Enumerable.Range(20, 4).Select(frames => new Feature([.. Enumerable.Range(0, frames * 8).Select(i => i % 7 - 3f)], frames, 8))];
        Normaliser normaliser = Normaliser.Fit("global", sounds);
        using ClipSet clips = new(sounds, [0, 1, 2, 3], normaliser, CPU);
        EmotionModel model = ModelCatalog.Create("mlp", null, new ModelShape(8, 4));
        using BatchAugment augment = new(config.Augment, config.Features, normaliser, CPU);
        TrainingStep step = new(config, model, optim.AdamW(model.parameters()), new Loss(config.Train, null), augment);
        using Tensor sum = zeros(1);

        Live(); // the optimiser makes its state
        long live = Live();
        Assert.Equal([live, live, live], new[] { Live(), Live(), Live() });

        long Live()
        {
            step.Take(clips, [0, 1, 2, 3], 1e-3, sum);
            return DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        }
    }
}
