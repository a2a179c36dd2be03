using SpeechEmotion.Audio;
using SpeechEmotion.Features;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public class FeatureExtractorTests
{
    private static readonly FeatureOptions Whole = new() { TrimDb = 0, MaxSeconds = 120 };

    [Theory]
    [InlineData("logmel")]
    [InlineData("mfcc")]
    public void Others_in_the_batch_have_no_effect(string kind)
    {
        using FeatureExtractor extractor = new(new FeatureOptions { Kind = kind, Deltas = true }, CPU);
        Waveform loud = new(TestSound.Make(40000).Samples.Select(s => 30 * s).ToArray(), 16000);
        Waveform[] clips = [TestSound.Make(9001), loud, TestSound.Make(300), TestSound.Make(25000, 22050)];
        IReadOnlyList<Feature> together = extractor.Extract(clips);
        for (int i = 0; i < clips.Length; i++)
        {
            Feature alone = extractor.Extract([clips[i]])[0];
            Assert.Equal(alone.Frames, together[i].Frames);
            Assert.Equal(alone.Values, together[i].Values);
        }
    }

    /// <summary>Scaling by a power of two rounds no sample, so the features must be equal bit for bit.</summary>
    [Theory]
    [InlineData("logmel")]
    [InlineData("mfcc")]
    public void At_a_common_level_the_microphone_s_distance_leaves_no_trace(string kind)
    {
        FeatureOptions options = new() { Kind = kind, Prosody = true, Deltas = true, NormaliseLevel = true };
        Waveform near = TestSound.Make(20000), far = near with { Samples = near.Samples.Select(s => s / 64).ToArray() };
        Assert.True(Same(options));
        Assert.False(Same(options with { NormaliseLevel = false }));

        bool Same(FeatureOptions options)
        {
            using FeatureExtractor extractor = new(options, CPU);
            return extractor.Extract([near])[0].Values.SequenceEqual(extractor.Extract([far])[0].Values);
        }
    }

    [Fact]
    public void Mfcc_through_torch_are_those_of_the_processors_own_products()
    {
        FeatureOptions options = new() { Kind = "mfcc", FftSize = 400, Hop = 160, Mels = 40, Mfccs = 13, TrimDb = 0 };
        using FeatureExtractor levels = new(options with { Kind = "logmel" }, CPU), cepstra = new(options, CPU);
        Feature logMel = levels.Extract([TestSound.Make(20000)])[0];
        Feature direct = cepstra.Extract([TestSound.Make(20000)])[0];
        Feature own = Mfcc.Of(logMel, Mfcc.Rows(options));
        // 1e-3: 40 products of levels of up to 100 dB, added in another order in single precision.
        Assert.All(own.Values.Zip(direct.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
    }

    [Theory]
    [InlineData("logmel", 2.0)]
    [InlineData("mfcc", 2.03)]
    [InlineData("wave", 2.03)]
    [InlineData("summary", 2.0)]
    [InlineData("logmel", 6.7)]
    public void Frames_are_counted_as_they_come(string kind, double seconds)
    {
        FeatureOptions options = Whole with { Kind = kind, MaxSeconds = 5 };
        using FeatureExtractor extractor = new(options, CPU);
        Assert.Equal(extractor.Extract([TestSound.Make((int)(16000 * seconds))])[0].Frames, options.Frames(seconds));
    }

    [Fact]
    public void Many_clips_keep_their_order()
    {
        Waveform[] clips = Enumerable.Range(0, 70).Select(i => TestSound.Make(19000 + i * 37 % 70 * 10)).ToArray();
        using FeatureExtractor extractor = new(Whole with { Hop = 10, FftSize = 64, Mels = 8 }, CPU);
        Assert.Equal(clips.Select(c => 1 + c.Samples.Length / 10), extractor.Extract(clips).Select(f => f.Frames));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(255, 2)]
    [InlineData(257, 2)]
    [InlineData(512, 3)]
    [InlineData(767, 3)]
    [InlineData(768, 4)]
    public void Any_length_has_a_frame_a_hop(int samples, int frames)
    {
        foreach (FeatureOptions options in new[] { Whole, Whole with { Kind = "mfcc", Deltas = true } })
        {
            using FeatureExtractor extractor = new(options, CPU);
            Feature feature = extractor.Extract([TestSound.Make(samples)])[0];
            Assert.Equal((frames, options.Width), (feature.Frames, feature.Width));
            Assert.Equal(frames * options.Width, feature.Values.Length);
            Assert.All(feature.Values, v => Assert.True(float.IsFinite(v)));
        }
    }

    [Fact]
    public void Silence_is_at_the_least_power()
    {
        using FeatureExtractor extractor = new(new FeatureOptions(), CPU);
        Feature feature = extractor.Extract([new Waveform(new float[5000], 16000)])[0];
        Assert.Equal(20, feature.Frames);
        Assert.All(feature.Values, v => Assert.Equal(-100f, v));
    }

    [Fact]
    public void Nothing_gives_nothing()
    {
        using FeatureExtractor extractor = new(new FeatureOptions(), CPU);
        Assert.Empty(extractor.Extract([]));
    }

    [Fact]
    public void Other_rates_are_resampled_first()
    {
        using FeatureExtractor extractor = new(Whole, CPU);
        float[] sound = TestSound.Make(48000, 48000).Samples;
        Feature direct = extractor.Extract([new Waveform(sound, 48000)])[0];
        Feature before = extractor.Extract([new Waveform(Resampler.Resample(sound, 48000, 16000), 16000)])[0];
        Assert.Equal(before.Values, direct.Values);
        Assert.Equal(1 + 16000 / 256, direct.Frames);
    }

    [Fact]
    public void Clips_leave_no_tensors()
    {
        // The vectorised code has no FFT of this size, so torch's is used, as on every other device.
        using FeatureExtractor extractor = new(new FeatureOptions { Kind = "mfcc", FftSize = 400, Hop = 160, Mels = 40, Mfccs = 13 }, CPU);
        using (NewDisposeScope())
        {
            // Tensors made once belong to the extractor, not to a scope that happens to be open.
            extractor.Extract([TestSound.Make(5000)]);
        }

        long before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        extractor.Extract([TestSound.Make(5000), TestSound.Make(7000)]);
        Assert.Equal(before, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Contradictions_name_their_key(string key, FeatureOptions options)
    {
        (string reason, string[] keys) = Assert.Single(FeatureRules.Broken(options));
        Assert.Equal($"features.{key}", keys[0]);
        Assert.DoesNotContain('\n', reason);
    }

    [Fact]
    public void Columns_of_a_table_hear_no_sound() => Assert.StartsWith(
        "features.kind: ",
        Assert.Throws<InputException>(() => new FeatureExtractor(new FeatureOptions { Kind = "summary_mel" }, CPU)).Message,
        StringComparison.Ordinal);

    public static TheoryData<string, FeatureOptions> Contradictions => new()
    {
        { "hop", new() { Hop = 513 } },
        { "max_hz", new() { MaxHz = 8001 } },
        { "min_hz", new() { MinHz = 4000, MaxHz = 4000 } },
        { "mels", new() { Mels = 128 } },
        { "mfccs", new() { Kind = "mfcc", Mfccs = 65 } },
    };

    [Fact]
    public void The_193_summary_features_are_one_frame_at_the_files_own_rate()
    {
        using FeatureExtractor extractor = new(new FeatureOptions { Kind = "summary" }, CPU);
        Waveform[] clips = [TestSound.Make(20000, 22050), TestSound.Make(30000, 48000)];

        IReadOnlyList<Feature> features = extractor.Extract(clips);

        Assert.All(features, f => Assert.Equal((1, new FeatureOptions { Kind = "summary" }.Width), (f.Frames, f.Width)));
        Assert.Equal(clips.Select(SpeechEmotion.Features.Summary.SummaryFeatures.Of), features.Select(f => f.Values));
    }
}
