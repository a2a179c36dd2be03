using SpeechEmotion.Audio;
using SpeechEmotion.Configuration;

namespace SpeechEmotion.Tests;

public class WaveAugmentTests
{
    private const int Rate = 8000;
    private static readonly float[] Tone200 = Tone.Sine(200, Rate, Rate);
    private static readonly AugmentOptions All = new() { NoiseDb = 15, ShiftSeconds = 0.2, PitchSemitones = 2, Stretch = 0.1 };

    [Theory]
    [InlineData(-5)]
    [InlineData(20)]
    [InlineData(60)]
    public void Noise_has_the_power_that_was_asked(double snrDb)
    {
        float[] noisy = WhiteNoise.Apply(Tone200, snrDb, new Random(1));
        double noise = Tone200.Zip(noisy, (clean, sum) => Math.Pow((double)sum - clean, 2)).Sum();
        double signal = Tone200.Sum(x => (double)x * x);

        // At 60 dB a float holds the noise to about one part in 10,000.
        Assert.Equal(snrDb, 10 * Math.Log10(signal / noise), 0.01);
        Assert.All(WhiteNoise.Apply(new float[100], 10, new Random(1)), x => Assert.Equal(0, x));
    }

    [Fact]
    public void Noise_is_white_and_normal()
    {
        float[] noise = [.. WhiteNoise.Apply(Tone200, 0, new Random(1)).Zip(Tone200, (sum, clean) => sum - clean)];
        double power = noise.Average(x => x * x);

        // Of 8,000 values: a neighbours' correlation of 0 ± 0.011 and a kurtosis of 3 ± 0.055 (one standard deviation each).
        Assert.Equal(0, noise.Zip(noise.Skip(1), (a, b) => a * b).Average() / power, 0.045);
        Assert.Equal(3, noise.Average(x => Math.Pow(x, 4)) / (power * power), 0.25);
    }

    [Theory]
    [InlineData(1, new float[] { 4, 1, 2, 3 })]
    [InlineData(-1, new float[] { 2, 3, 4, 1 })]
    [InlineData(6, new float[] { 3, 4, 1, 2 })]
    [InlineData(0, new float[] { 1, 2, 3, 4 })]
    public void Shift_is_circular(long by, float[] expected) => Assert.Equal(expected, TimeShift.Apply([1, 2, 3, 4], by));

    [Theory]
    [InlineData(12, 400)]
    [InlineData(-12, 100)]
    [InlineData(0, 200)]
    [InlineData(4, 252)]
    public void Pitch_moves_and_length_stays(double semitones, int peak)
    {
        float[] shifted = PitchShift.Apply(Tone200, Rate, semitones);
        Assert.Equal(Tone200.Length, shifted.Length);

        // A second's spectrum resolves about 1 Hz, and ratios are whole 200ths.
        Assert.InRange(Tone.Peak(shifted, Rate), peak - 1, peak + 1);
        Assert.Equal(1, Tone.Amplitude(shifted), 0.05);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(1.1)]
    [InlineData(1.5)]
    [InlineData(4)]
    public void Stretch_changes_the_length_and_keeps_the_pitch(double factor)
    {
        float[] stretched = TimeStretch.Apply(Tone200, Rate, factor);
        Assert.Equal((int)Math.Round(Rate * factor), stretched.Length);
        Assert.InRange(Tone.Peak(stretched, Rate), 199, 201);
        Assert.Equal(1, Tone.Amplitude(stretched), 0.05);
    }

    [Fact]
    public void A_factor_of_one_changes_nothing()
    {
        // The two windows over a sample add up to one but for rounding.
        float[] same = TimeStretch.Apply(Tone200, Rate, 1);
        Assert.All(same.Zip(Tone200), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(50)]
    public void Clips_shorter_than_a_window_and_silence_pass(int length)
    {
        Assert.Equal(length * 2, TimeStretch.Apply(new float[length], Rate, 2).Length);
        Assert.Equal(length, PitchShift.Apply(new float[length], Rate, 5).Length);
        Assert.Equal(length, TimeShift.Apply(new float[length], 7).Length);
    }

    [Fact]
    public void The_same_seed_gives_the_same_samples()
    {
        Waveform wave = new(Tone200, Rate);
        float[] first = WaveAugment.Apply(wave, All, new Random(7)).Samples;
        Assert.Equal(first, WaveAugment.Apply(wave, All, new Random(7)).Samples);
        Assert.NotEqual(first, WaveAugment.Apply(wave, All, new Random(8)).Samples);
        Assert.All(first, x => Assert.True(float.IsFinite(x)));
    }

    [Fact]
    public void Draws_stay_in_their_ranges_and_zeros_are_off()
    {
        Waveform wave = new(Tone200, Rate);
        Waveform copy = WaveAugment.Apply(wave, new AugmentOptions(), new Random(1));
        Assert.Equal(wave.Samples, copy.Samples);
        Assert.NotSame(wave.Samples, copy.Samples);
        for (int seed = 0; seed < 20; seed++)
        {
            Waveform stretched = WaveAugment.Apply(wave, new AugmentOptions { Stretch = 0.1 }, new Random(seed));
            Assert.InRange(stretched.Samples.Length, (int)(0.9 * Rate), (int)(1.1 * Rate) + 1);
            float[] noisy = WaveAugment.Apply(wave, new AugmentOptions { NoiseDb = 10 }, new Random(seed)).Samples;
            Assert.InRange(-10 * Math.Log10(Tone200.Zip(noisy, (a, b) => Math.Pow(a - b, 2)).Average() / 0.5), 9.9, 30.1);
        }
    }
}
