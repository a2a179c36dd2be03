using SpeechEmotion.Features;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public class LaneLogMelTests
{
    public static TheoryData<FeatureOptions, int> Cases => new()
    {
        { new(), 16000 },
        { new() { FftSize = 1024, Hop = 160, Mels = 80, MinHz = 60, MaxHz = 7600 }, 50001 },
        { new() { FftSize = 64, Hop = 16, Mels = 8 }, 33 },
        { new() { FftSize = 256, Hop = 256, Mels = 20, TopDb = 30 }, 257 },
        { new() { FftSize = 2048, Hop = 300, Mels = 64 }, 4801 },
    };

    /// <summary>torch's transform, which other devices use, is the reference for the vectorised code on the CPU.</summary>
    [Theory, MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Levels_are_those_of_torch(FeatureOptions options, int samples)
    {
        using var scope = NewDisposeScope();
        float[] clip = TestSound.Make(samples, options.SampleRate).Samples;
        using LogMel byTorch = new(options, CPU);
        Tensor expected = byTorch.Of(clip);

        float[] levels = new LaneLogMel(options).Of(clip);

        Assert.Equal(expected.shape, new long[] { 1, levels.Length / options.Mels, options.Mels });

        // 1e-3 dB, as against torchaudio: each single-precision transform rounds weak bins beside strong ones in its own way.
        Assert.InRange((expected.flatten() - tensor(levels)).abs().max().item<float>(), 0, 1e-3);
    }

    [Fact]
    public void Another_length_of_frames_is_left_to_torch()
    {
        FeatureOptions options = new() { FftSize = 400, Hop = 160, Mels = 40, TrimDb = 0 };
        Assert.False(LaneLogMel.Takes(options));
        using FeatureExtractor extractor = new(options, CPU);
        Assert.Equal(1 + 16000 / 160, extractor.Extract([TestSound.Make(16000)])[0].Frames);
    }
}
