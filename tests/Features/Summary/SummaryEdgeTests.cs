using SpeechEmotion.Audio;
using SpeechEmotion.Features.Summary;

namespace SpeechEmotion.Tests;

public class SummaryEdgeTests
{
    [Fact]
    public void Groups_tile_the_vector_in_the_published_order()
    {
        Assert.Equal(193, SummaryFeatures.Count);
        Assert.Equal(["mfcc", "chroma", "mel", "contrast", "tonnetz"], SummaryGroup.All.Select(g => g.Name));
        int next = 0;
        foreach (SummaryGroup group in SummaryGroup.All)
        {
            Assert.Equal(next, group.Start);
            next += group.Count;
        }

        Assert.Equal(SummaryFeatures.Count, next);
    }

    [Theory]
    [InlineData(33)]
    [InlineData(2048)]
    [InlineData(30000)]
    public void Silence_is_the_floor_of_the_levels_and_zero_elsewhere(int samples)
    {
        float[] features = SummaryFeatures.Of(new Waveform(new float[samples], 24414));
        Assert.Equal(-100 * Math.Sqrt(128), features[0], 1e-3); // -100 dB in all bands; 1e-3: single precision at that size
        Assert.All(features.Skip(1), value => Assert.Equal(0, value, 1e-9)); // the other cosines sum to 0 but for rounding
    }

    [Theory]
    [InlineData(33, 16000)]
    [InlineData(65, 48000)]
    [InlineData(100, 24414)]
    [InlineData(511, 44100)]
    [InlineData(1024, 24414)]
    [InlineData(2047, 12801)]
    [InlineData(3000, 384000)]
    public void Clips_shorter_than_a_frame_have_finite_values(int samples, int rate) =>
        Assert.All(SummaryFeatures.Of(TestSound.Make(samples, rate)), value => Assert.True(float.IsFinite(value)));

    [Theory]
    [InlineData(1f, 4000)]
    [InlineData(1e-20f, 4000)]
    [InlineData(1e-42f, 4000)]
    public void Steady_and_vanishing_levels_have_finite_values(float level, int samples)
    {
        Waveform steady = new([.. Enumerable.Repeat(level, samples)], 16000);
        Assert.All(SummaryFeatures.Of(steady), value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [InlineData(0, 16000, "33 at 16000 Hz")]
    [InlineData(1, 24414, "33 at 24414 Hz")]
    [InlineData(32, 24414, "33 at 24414 Hz")]
    [InlineData(64, 48000, "65 at 48000 Hz")]
    public void Clips_too_short_for_the_lowest_octave_are_refused(int samples, int rate, string least)
    {
        InputException e = Assert.Throws<InputException>(() => SummaryFeatures.Of(new Waveform(new float[samples], rate)));
        Assert.Contains(least, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8000)]
    [InlineData(12800)]
    [InlineData(500000)]
    public void Rates_without_all_bands_are_refused(int rate)
    {
        InputException e = Assert.Throws<InputException>(() => SummaryFeatures.Of(new Waveform(new float[5000], rate)));
        Assert.Contains($"{rate} samples a second", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Louder_sound_changes_the_level_and_nothing_else_of_the_cepstrum()
    {
        Waveform quiet = TestSound.Make(12000, 16000);
        float[] a = SummaryFeatures.Of(quiet), b = SummaryFeatures.Of(quiet with { Samples = [.. quiet.Samples.Select(s => 2 * s)] });

        // Twice the amplitude is four times the power: 6.02 dB in each of 128 bands, times the first cosine's weight. Doubling is exact in
        // binary, so ratios stay equal to the last bits. (The quietest bins of this clip lie far above the floor of 1e-10; only the limit
        // of 80 dB below the loudest bin applies to them.)
        Assert.Equal(20 * Math.Log10(2) * Math.Sqrt(128), b[0] - a[0], 1e-3);
        Assert.Equal(a[1..52], b[1..52], (x, y) => Math.Abs(x - y) < 1e-4);
        Assert.Equal(a[180..], b[180..], (x, y) => Math.Abs(x - y) < 1e-4);
        Assert.All(Enumerable.Range(52, 128), i => Assert.Equal(4 * a[i], b[i], 1e-4 * b[i]));
    }

    [Fact]
    public void Threads_do_not_disturb_each_other()
    {
        Waveform[] waves = [.. Enumerable.Range(0, 8).Select(i => TestSound.Make(9000 + 700 * i, i % 2 == 0 ? 16000 : 24414))];
        float[][] alone = [.. waves.Select(SummaryFeatures.Of)];
        float[][] together = new float[waves.Length][];
        Parallel.For(0, waves.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i => together[i] = SummaryFeatures.Of(waves[i]));
        Assert.Equal(alone, together);
    }
}
