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

    [Theory]
    [InlineData(-5)]
    [InlineData(20)]
    [InlineData(60)]
    public void Noise_has_the_power_that_was_asked(double snrDb)
    {
        float[] noisy = Noise.Apply(Tone200, Rate, snrDb, 0, new Random(1));
        double noise = Tone200.Zip(noisy, (clean, sum) => Math.Pow((double)sum - clean, 2)).Sum();
        double signal = Tone200.Sum(x => (double)x * x);

        // At 60 dB a float holds the noise to about one part in 10,000.
        Assert.Equal(snrDb, 10 * Math.Log10(signal / noise), 0.01);
        Assert.All(Noise.Apply(new float[100], Rate, 10, 0, new Random(1)), x => Assert.Equal(0, x));
    }

    [Fact]
    public void Noise_is_white_and_normal()
    {
        float[] noise = [.. Noise.Apply(Tone200, Rate, 0, 0, new Random(1)).Zip(Tone200, (sum, clean) => sum - clean)];
        double power = noise.Average(x => x * x);

        // Of 8,000 values: a neighbours' correlation of 0 ± 0.011 and a kurtosis of 3 ± 0.055 (one standard deviation each).
        Assert.Equal(0, noise.Zip(noise.Skip(1), (a, b) => a * b).Average() / power, 0.045);
        Assert.Equal(3, noise.Average(x => Math.Pow(x, 4)) / (power * power), 0.25);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(6)]
    public void Tilted_noise_falls_by_so_many_decibels_an_octave(double tilt)
    {
        float[] alternating = new float[1 << 16].Select((_, i) => i % 2 == 0 ? 1e3f : -1e3f).ToArray();
        float[] noise = Noise.Apply(alternating, 16000, 60, tilt, new Random(1));
        double[] octaves = [.. new[] { 250, 500, 1000, 2000 }.Select(from => BandDb(noise, 16000, from))];

        // A band an octave wide holds 3 dB more than the one below by its width alone. Of the narrowest band's 2,000 values
        // the power's deviation is 0.14 dB.
        Assert.All(octaves.Zip(octaves.Skip(1)), pair => Assert.Equal(3.01 - tilt, pair.Second - pair.First, 0.6));
    }

    [Fact]
    public void A_rooms_echo_dies_away_by_60_dB_in_its_time_and_has_the_power_that_was_asked()
    {
        float[] response = Room.Response(16000, 0.5, 6, new Random(1));
        Assert.Equal(9600, response.Length);
        Assert.Equal(1, response[0]);
        Assert.All(response[1..40], x => Assert.Equal(0, x));
        Assert.Equal(-6, 10 * Math.Log10(response.Skip(1).Sum(x => (double)x * x)), 1e-3); // single precision

        // From one tenth of a second to the next 12 dB; of 1,600 values the power's deviation is 0.15 dB.
        double[] tenths = [.. Enumerable.Range(1, 4)
            .Select(t => 10 * Math.Log10(response.Skip(1600 * t).Take(1600).Sum(x => (double)x * x)))];
        Assert.All(tenths.Zip(tenths.Skip(1)), pair => Assert.Equal(12, pair.First - pair.Second, 0.7));
    }

    [Fact]
    public void A_filter_multiplies_the_spectrum_and_an_impulse_delays()
    {
        float[] same = SpectralFilter.Apply(Tone200, Rate, hertz => hertz < 300 ? 0.5 : 3, []);
        Assert.Equal(0.5, Tone.Amplitude(same), 1e-3); // what a step at 300 Hz rings of the tone's ends
        Assert.Equal(Tone200.Length, same.Length);

        float[] late = SpectralFilter.Apply(Tone200, Rate, null, [0, 0, 0, 2]);
        Assert.All(Enumerable.Range(3, 7997), i => Assert.Equal(2 * Tone200[i - 3], late[i], 1e-5)); // of transforms in single precision
        Assert.All(late[..3], x => Assert.Equal(0, x, 1e-5));

        // An echo longer than the clip, of which what comes after the end must not come in at the beginning.
        float[] click = new float[4096], echo = new float[20000];
        (click[3000], echo[0], echo[500], echo[19999]) = (1, 1, 0.5f, 0.25f);
        float[] heard = SpectralFilter.Apply(click, Rate, null, echo);
        Assert.Equal([3000, 3500], Enumerable.Range(0, 4096).Where(i => Math.Abs(heard[i]) > 1e-5));
    }

    [Fact]
    public void An_equaliser_stays_within_its_gains_and_is_a_new_one_each_time()
    {
        Random random = new(1);
        double[][] curves = [.. Enumerable.Range(0, 50).Select(_ => Equaliser.Draw(6, random))
            .Select(curve => Enumerable.Range(0, 200).Select(i => 20 * Math.Log10(curve(i * 60))).ToArray())];
        Assert.All(curves.SelectMany(c => c), db => Assert.InRange(db, -6, 6));
        Assert.Equal(50, curves.Select(c => c[50]).Distinct().Count());
        Assert.All(curves, c => Assert.Equal(c[134], c[199])); // 8,040 Hz and above
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

    /// <summary>Each is drawn anew and does what it says, with nothing else on that could stand in for it.</summary>
    [Fact]
    public void Each_alteration_is_made_alone()
    {
        float[][] pitched = Copies(new AugmentOptions { PitchSemitones = 2 });
        double furthest = Math.Pow(2, 2 / 12.0);
        Assert.All(pitched, copy => Assert.InRange(Tone.Peak(copy, Rate), 200 / furthest - 1, 200 * furthest + 1));
        Assert.True(pitched.Select(copy => Tone.Peak(copy, Rate)).Distinct().Count() > 10);

        // A ramp tells how far it was turned.
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

        double[] ratios = [.. Copies(new AugmentOptions { NoiseDb = 10 })
            .Select(copy => -10 * Math.Log10(Tone200.Zip(copy, (a, b) => Math.Pow(a - b, 2)).Average() / 0.5))];
        Assert.True(ratios.Max() - ratios.Min() > 10); // 20 even draws from 20 dB span less once in a thousand
    }

    private static float[][] Copies(AugmentOptions options) =>
        [.. Enumerable.Range(0, 20).Select(seed => WaveAugment.Apply(new Waveform(Tone200, Rate), options, new Random(seed)).Samples)];

    /// <summary>Power of an octave upward of a frequency, in dB.</summary>
    private static double BandDb(float[] samples, int rate, int from)
    {
        using TorchSharp.DisposeScope scope = TorchSharp.torch.NewDisposeScope();
        float[] power = TorchSharp.torch.fft.rfft(TorchSharp.torch.tensor(samples)).abs().square().data<float>().ToArray();
        double bin = (double)rate / samples.Length;
        return 10 * Math.Log10(power[(int)(from / bin)..(int)(2 * from / bin)].Sum(p => (double)p));
    }
}
