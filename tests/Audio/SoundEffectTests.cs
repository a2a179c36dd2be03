using SpeechEmotion.Audio;

namespace SpeechEmotion.Tests;

/// <summary>How each effect changes a sound.</summary>
public class SoundEffectTests
{
    private const int Rate = 8000;
    private static readonly float[] Tone200 = Tone.Sine(200, Rate, Rate);

    [Theory]
    [InlineData(-5)]
    [InlineData(20)]
    [InlineData(60)]
    public void Noise_has_the_power_that_was_asked(double snrDb)
    {
        float[] noisy = Noise.Apply(Tone200, Rate, snrDb, 0, new Random(1));
        double noise = Tone200.Zip(noisy, (clean, sum) => Math.Pow((double)sum - clean, 2)).Sum();
        double signal = Tone200.Sum(x => (double)x * x);

        // At an SNR of 60 dB, a float represents the noise to about one part in 10,000.
        Assert.Equal(snrDb, 10 * Math.Log10(signal / noise), 0.01);
        Assert.All(Noise.Apply(new float[100], Rate, 10, 0, new Random(1)), x => Assert.Equal(0, x));
    }

    [Fact]
    public void Noise_is_white_and_normal()
    {
        float[] noise = [.. Noise.Apply(Tone200, Rate, 0, 0, new Random(1)).Zip(Tone200, (sum, clean) => sum - clean)];
        double power = noise.Average(x => x * x);

        // For 8,000 values: a correlation of neighbours of 0 ± 0.011 and a kurtosis of 3 ± 0.055 (one standard deviation each).
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

        // A band one octave wide holds 3 dB more than the band below, because it is twice as wide. The power of the narrowest band, from
        // 2,000 values, has a standard deviation of 0.14 dB.
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

        // 12 dB less from one tenth of a second to the next; the power of 1,600 values has a standard deviation of 0.15 dB.
        double[] tenths = [.. Enumerable.Range(1, 4)
            .Select(t => 10 * Math.Log10(response.Skip(1600 * t).Take(1600).Sum(x => (double)x * x)))];
        Assert.All(tenths.Zip(tenths.Skip(1)), pair => Assert.Equal(12, pair.First - pair.Second, 0.7));
    }

    [Fact]
    public void A_filter_multiplies_the_spectrum_and_an_impulse_delays()
    {
        float[] same = SpectralFilter.Apply(Tone200, Rate, hertz => hertz < 300 ? 0.5 : 3, []);
        Assert.Equal(0.5, Tone.Amplitude(same), 1e-3); // 1e-3: ringing of the step at 300 Hz, from the ends of the tone
        Assert.Equal(Tone200.Length, same.Length);

        float[] late = SpectralFilter.Apply(Tone200, Rate, null, [0, 0, 0, 2]);
        Assert.All(Enumerable.Range(3, 7997), i => Assert.Equal(2 * Tone200[i - 3], late[i], 1e-5)); // 1e-5: single-precision transforms
        Assert.All(late[..3], x => Assert.Equal(0, x, 1e-5));

        // An echo longer than the clip: what comes after the clip's end must not wrap around to its beginning.
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

        // The spectrum of one second resolves about 1 Hz, and ratios are multiples of 1/200.
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
        // The two windows over a sample add up to one, up to rounding.
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

    /// <summary>Power of one octave, in dB, starting at a frequency in Hz.</summary>
    private static double BandDb(float[] samples, int rate, int from)
    {
        using TorchSharp.DisposeScope scope = TorchSharp.torch.NewDisposeScope();
        float[] power = TorchSharp.torch.fft.rfft(TorchSharp.torch.tensor(samples)).abs().square().data<float>().ToArray();
        double bin = (double)rate / samples.Length;
        return 10 * Math.Log10(power[(int)(from / bin)..(int)(2 * from / bin)].Sum(p => (double)p));
    }
}
