using SpeechEmotion.Audio;
using SpeechEmotion.Configuration;

namespace SpeechEmotion.Tests;

public class WaveAugmentTests
{
    private const int Rate = 8000;
    private static readonly float[] Tone200 = Tone.Sine(200, Rate, Rate);
    private static readonly AugmentOptions All = new()
    {
        NoiseDb = 15,
        NoiseTilt = 6,
        ShiftSeconds = 0.2,
        PitchSemitones = 2,
        Stretch = 0.1,
        RoomSeconds = 0.4,
        EqualiseDb = 6,
    };

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

    /// <summary>Each alteration is drawn anew for each copy and has its effect while all others are off.</summary>
    [Fact]
    public void Each_alteration_is_made_alone()
    {
        float[][] pitched = Copies(new AugmentOptions { PitchSemitones = 2 });
        double furthest = Math.Pow(2, 2 / 12.0);
        Assert.All(pitched, copy => Assert.InRange(Tone.Peak(copy, Rate), 200 / furthest - 1, 200 * furthest + 1));
        Assert.True(pitched.Select(copy => Tone.Peak(copy, Rate)).Distinct().Count() > 10);

        // A ramp shows by how many samples it was shifted circularly.
        Waveform ramp = new([.. Enumerable.Range(0, Rate).Select(i => (float)i)], Rate);
        AugmentOptions shift = new() { ShiftSeconds = 0.1 };
        float[][] shifted = [.. Enumerable.Range(0, 20).Select(seed => WaveAugment.Apply(ramp, shift, new Random(seed)).Samples)];
        int[] by = [.. shifted.Select(copy => (Array.IndexOf(copy, 0f) + (Rate / 2)) % Rate - (Rate / 2))];
        Assert.All(by, samples => Assert.InRange(samples, -0.1 * Rate, 0.1 * Rate));
        Assert.True(by.Distinct().Count() > 10);

        foreach (AugmentOptions options in new[] { new AugmentOptions { RoomSeconds = 0.5 }, new AugmentOptions { EqualiseDb = 6 } })
        {
            float[][] copies = Copies(options);
            Assert.All(copies, copy => Assert.Equal(Tone200.Length, copy.Length));
            Assert.All(copies, copy => Assert.NotEqual(Tone200, copy));
            Assert.Equal(20, copies.Select(copy => copy[Rate / 2]).Distinct().Count());
        }

        Assert.True(Copies(new AugmentOptions { Stretch = 0.1 }).Select(copy => copy.Length).Distinct().Count() > 10);

        double[] ratios = [.. Copies(new AugmentOptions { NoiseDb = 10 })
            .Select(copy => -10 * Math.Log10(Tone200.Zip(copy, (a, b) => Math.Pow(a - b, 2)).Average() / 0.5))];
        Assert.True(ratios.Max() - ratios.Min() > 10); // 20 uniform draws from 20 dB span less, less than once in a thousand

        // Tilted noise has less power above a kilohertz, by a share that is drawn too; white noise has three quarters of its power there.
        double[] bright = [.. Copies(new AugmentOptions { NoiseDb = 10, NoiseTilt = 6 }).Select(Bright)];
        Assert.All(Copies(new AugmentOptions { NoiseDb = 10 }).Select(Bright), share => Assert.Equal(0.75, share, 0.05));
        Assert.True(bright.Average() < 0.6);
        Assert.True(bright.Max() - bright.Min() > 0.3);
    }

    [Fact]
    public void Voice_and_microphone_are_altered_either_way_up_to_the_most()
    {
        Random random = new(1);
        Waveform tone = new(Tone200, Rate), ramp = new([.. Enumerable.Range(0, Rate).Select(i => (float)i)], Rate);
        Waveform click = new([.. new float[2000], 1, .. new float[2000]], Rate);
        Covers(tone, new AugmentOptions { Stretch = 0.1 }, copy => (copy.Length - Rate) / (0.1 * Rate));
        Covers(tone, new AugmentOptions { PitchSemitones = 2 }, copy => 6 * Math.Log2(Signs(copy) / Signs(Tone200)));
        Covers(ramp, new AugmentOptions { ShiftSeconds = 0.1 }, copy =>
            ((Array.IndexOf(copy, 0f) + (Rate / 2)) % Rate - (Rate / 2)) / (0.1 * Rate));
        Covers(click, new AugmentOptions { EqualiseDb = 6 }, copy => 20 * Math.Log10(copy.Sum()) / 6); // the gain at 0 Hz

        static double Signs(float[] copy) => copy.Zip(copy.Skip(1)).Count(pair => pair.First < 0 != pair.Second < 0);
        void Covers(Waveform wave, AugmentOptions options, Func<float[], double> share)
        {
            double[] shares = [.. Enumerable.Range(0, 100).Select(_ => share(WaveAugment.Apply(wave, options, random).Samples))];
            Assert.True(shares.Min() < -0.8 && shares.Max() > 0.8, $"{options}: {shares.Min()} to {shares.Max()}");
        }
    }

    [Fact]
    public void Rooms_are_large_and_small_and_voices_in_them_near_and_far()
    {
        Random random = new(1);
        Waveform click = new([1, .. new float[Rate]], Rate);
        float[][] heard = [.. Enumerable.Range(0, 100)
            .Select(_ => WaveAugment.Apply(click, new AugmentOptions { RoomSeconds = 0.6 }, random).Samples)];
        double[] echo = [.. heard.Select(copy => 10 * Math.Log10(copy.Skip(1).Sum(x => (double)x * x)))];
        Assert.InRange(echo.Min(), -12, -11);
        Assert.InRange(echo.Max(), -4, -3);

        // An echo is a fifth longer than the reverberation time; 1e-6: single-precision transforms.
        double[] seconds = [.. heard.Select(copy => Array.FindLastIndex(copy, x => Math.Abs(x) > 1e-6) / 1.2 / Rate)];
        Assert.InRange(seconds.Min(), 0.19, 0.22);
        Assert.InRange(seconds.Max(), 0.57, 0.6);
    }

    /// <summary>Share of the power that was added to the tone which lies above 1 kHz.</summary>
    private static double Bright(float[] copy)
    {
        using TorchSharp.DisposeScope scope = TorchSharp.torch.NewDisposeScope();
        TorchSharp.torch.Tensor added = TorchSharp.torch.tensor([.. copy.Zip(Tone200, (sum, clean) => sum - clean)]);
        TorchSharp.torch.Tensor power = TorchSharp.torch.fft.rfft(added).abs().square();
        return (power[1000..].sum() / power.sum()).item<float>();
    }

    private static float[][] Copies(AugmentOptions options) =>
        [.. Enumerable.Range(0, 20).Select(seed => WaveAugment.Apply(new Waveform(Tone200, Rate), options, new Random(seed)).Samples)];
}
