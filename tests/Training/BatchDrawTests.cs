using SpeechEmotion.Configuration;
using SpeechEmotion.Features;
using SpeechEmotion.Training;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

/// <summary>How far the draws of many clips reach.</summary>
public class BatchDrawTests
{
    private const int Frames = 100;
    private static readonly FeatureOptions Front = new() { Mels = 16, Prosody = true };

    [Fact]
    public void Gain_warp_and_tempo_go_either_way_up_to_the_most()
    {
        Covers(Draw(new AugmentOptions { GainDb = 6 }, 0).Features[.., 0, 0] / 6);
        Covers(Draw(new AugmentOptions { Warp = 0.2 }, 0).Features[.., 0, Front.Bands + Prosody.Pitch] / Math.Log2(1.2));
        Covers((Draw(new AugmentOptions { Tempo = 0.25 }, 0).Lengths / (float)Frames).log() / Math.Log(1.25));

        static void Covers(Tensor shares)
        {
            Assert.InRange(shares.min().item<float>(), -1.01, -0.8);
            Assert.InRange(shares.max().item<float>(), 0.8, 1.01);
        }
    }

    [Fact]
    public void Time_masks_are_two_runs_of_whole_frames()
    {
        Tensor values = Draw(new AugmentOptions { TimeMask = 10 }, 1).Features.sum(2), hidden = values.eq(0);
        Assert.True(hidden.logical_or(values.eq(Front.Width)).all().item<bool>());
        Assert.InRange(hidden.sum(1).max().item<long>(), 11, 20);
    }

    private static Batch Draw(AugmentOptions options, float value)
    {
        manual_seed(1);
        Normaliser plain = new("global", new float[Front.Width], [.. Enumerable.Repeat(1f, Front.Width)]);
        using BatchAugment augment = new(options, Front, plain, CPU);
        Tensor lengths = full(200, Frames, ScalarType.Int64);
        return augment.Apply(new Batch(full(200, Frames, Front.Width, value), lengths, lengths));
    }
}
