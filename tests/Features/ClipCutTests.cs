using SpeechEmotion.Features;

namespace SpeechEmotion.Tests;

public class ClipCutTests
{
    private static readonly FeatureOptions Options = new() { FftSize = 512, Hop = 256, TrimDb = 40 };

    [Fact]
    public void Quiet_ends_go_and_quiet_middles_stay()
    {
        // Hops 10 to 19 and 30 to 39 of 60 are loud, the rest 60 dB down.
        float[] clip = Enumerable.Range(0, 60 * 256).Select(i => (i / 2560 is 1 or 3 ? 1 : 1e-3f) * (i % 2 == 0 ? 1 : -1)).ToArray();

        // A frame reaches one hop to either side of its centre. The outermost loud frames are centred on the first loud sample and on the
        // first one after the last.
        Assert.Equal(clip.AsSpan(2560, 30 * 256 + 1), ClipCut.Trim(clip, Options));
        Assert.Equal(clip, ClipCut.Trim(clip, Options with { TrimDb = 70 }));
        Assert.Equal(clip, ClipCut.Trim(clip, Options with { TrimDb = 0 }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(5000)]
    public void Silence_stays(int samples) => Assert.Equal(new float[samples], ClipCut.Trim(new float[samples], Options));

    [Theory]
    [InlineData(0)]
    [InlineData(3000)]
    [InlineData(9999)]
    public void One_click_leaves_a_frame(int at)
    {
        float[] clip = new float[10000];
        clip[at] = 1;
        ReadOnlySpan<float> kept = ClipCut.Trim(clip, Options with { TrimDb = 120 });
        Assert.InRange(kept.Length, 1, 512);
    }

    [Fact]
    public void A_clip_that_is_loud_at_its_very_end_keeps_it_where_frames_do_not_overlap()
    {
        // The only loud frame is centred on the end, and the frame before ends where the sound begins.
        float[] clip = [.. new float[19 * 512 + 256], .. Enumerable.Repeat(0.5f, 256)];
        Assert.Equal(clip.AsSpan(clip.Length - 256), ClipCut.Trim(clip, Options with { Hop = 512 }));
    }

    [Fact]
    public void A_common_level_is_that_of_the_loudest_frame_and_silence_has_none()
    {
        // A square wave with an amplitude of 0.1 in the first half (mean power 0.01) and 0.2 in the second (0.04).
        float[] clip = Enumerable.Range(0, 8192).Select(i => (i < 4096 ? 0.1f : 0.2f) * (i % 2 == 0 ? 1 : -1)).ToArray();
        // 1e-6: rounding of a float near 1.
        Assert.All(ClipCut.Level(clip, Options).Zip(clip), pair => Assert.Equal(5 * pair.Second, pair.First, 1e-6f));
        Assert.Equal(new float[300], ClipCut.Level(new float[300], Options));
        Assert.Empty(ClipCut.Level([], Options));
    }

    [Fact]
    public void Long_clips_keep_their_middle()
    {
        float[] clip = Enumerable.Range(0, 16001).Select(i => (float)i).ToArray();
        Assert.Equal(clip.AsSpan(4000, 8000), ClipCut.Middle(clip, Options with { MaxSeconds = 0.5 }));
        Assert.Equal(clip, ClipCut.Middle(clip, Options));
    }
}
