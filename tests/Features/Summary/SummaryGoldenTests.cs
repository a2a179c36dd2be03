using System.Text.Json;
using SpeechEmotion.Features;
using SpeechEmotion.Features.Summary;

namespace SpeechEmotion.Tests;

/// <summary>Compares with make_summary.py, the same definitions in NumPy and SciPy. Both sides hold spectra in single precision (24 bits,
/// 6e-8) and differ in the last bits only; each tolerance is about ten times the largest difference seen.</summary>
public class SummaryGoldenTests
{
    private static readonly Golden Values = JsonSerializer.Deserialize<Golden>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "summary_numpy.json")), JsonSerializerOptions.Web)!;

    public static TheoryData<int> ClipNumbers => [.. Enumerable.Range(0, Values.Clips.Length)];

    [Theory]
    [MemberData(nameof(ClipNumbers))]
    public void Features_are_those_of_the_definitions(int number)
    {
        Clip clip = Values.Clips[number];
        float[] ours = SummaryFeatures.Of(TestSound.Make(clip.Count, clip.Rate));

        Assert.Equal(SummaryFeatures.Count, ours.Length);
        foreach (SummaryGroup group in SummaryGroup.All)
        {
            double[] golden = clip.Values[group.Start..(group.Start + group.Count)];
            Near(golden, [.. ours.Skip(group.Start).Take(group.Count).Select(v => (double)v)], 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(ClipNumbers))]
    public void Harmonic_part_tuning_and_pitch_classes_are_those_of_the_definitions(int number)
    {
        Clip clip = Values.Clips[number];
        float[] sound = TestSound.Make(clip.Count, clip.Rate).Samples;
        using Spectrum spectrum = Stft.Forward(sound);
        using Magnitudes magnitudes = spectrum.Magnitudes();
        float[] harmonic = Hpss.Harmonic(spectrum, magnitudes, sound.Length);
        using Spectrum again = Stft.Forward(harmonic);
        using Magnitudes harmonicMagnitudes = again.Magnitudes();
        double tuning = PitchTuning.Of(harmonicMagnitudes, clip.Rate);
        double[][] classes = ConstantQ.PitchClasses(harmonic, clip.Rate, tuning);

        Assert.Equal((clip.Tunings[0], clip.Tunings[1]), (PitchTuning.Of(magnitudes, clip.Rate), tuning));
        Near(clip.Harmonic, [.. harmonic.Where((_, i) => i % 97 == 0).Select(v => (double)v)], 1e-5);
        int step = Math.Max(1, classes.Length / 4);
        Near([.. clip.Classes.SelectMany(c => c)], [.. classes.Where((_, t) => t % step == 0).SelectMany(c => c)], 1e-5);
    }

    [Fact]
    public void Medians_are_those_of_scipy() => Assert.All(Values.Medians, golden =>
    {
        using Plane plane = new(golden.Rows, golden.Width);
        TestSound.Noise(golden.Rows * golden.Width).CopyTo(plane.Values);
        using Plane medians = Hpss.AcrossFrames(plane);

        // 1e-9: a median is one of the values, and the golden file prints nine digits.
        Assert.Equal(golden.Values, medians.Values.ToArray().Select(v => (double)v), (a, b) => Math.Abs(a - b) < 1e-9);
    });

    [Fact]
    public void Lower_rates_are_those_of_resampys_loop() => Assert.All(Values.Lower, golden =>
        Near(golden.Values, [.. KaiserDownsampler.By(TestSound.Noise(golden.Count), golden.Factor).Select(v => (double)v)], 2e-6));

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(64)]
    [InlineData(2048)]
    public void Transform_is_the_sum_of_its_definition_and_turns_back(int size)
    {
        float[] noise = TestSound.Noise(size * RealFft<double>.Lanes);
        RealFft<double> fft = new(size);
        for (int i = 0; i < noise.Length; i++)
        {
            (int n, int lane) = (i / RealFft<double>.Lanes, i % RealFft<double>.Lanes);
            (n % 2 == 0 ? fft.Re : fft.Im)[n / 2 * RealFft<double>.Lanes + lane] = noise[i];
        }

        fft.Forward();
        foreach (int bin in (int[])[0, 1, size / 4, size / 2])
        {
            double re = 0, im = 0;
            for (int n = 0; n < size; n++)
            {
                double angle = -2 * Math.PI * ((long)n * bin % size) / size;
                double value = noise[n * RealFft<double>.Lanes + RealFft<double>.Lanes - 1];
                re += value * Math.Cos(angle);
                im += value * Math.Sin(angle);
            }

            // Sums of 2048 products in double precision differ by 1e-13 or less.
            Assert.Equal(re, fft.Re[bin * RealFft<double>.Lanes + RealFft<double>.Lanes - 1], 1e-10);
            Assert.Equal(im, fft.Im[bin * RealFft<double>.Lanes + RealFft<double>.Lanes - 1], 1e-10);
        }

        fft.Inverse();
        for (int i = 0; i < noise.Length; i++)
        {
            (int n, int lane) = (i / RealFft<double>.Lanes, i % RealFft<double>.Lanes);
            Assert.Equal(noise[i], (n % 2 == 0 ? fft.Re : fft.Im)[n / 2 * RealFft<double>.Lanes + lane], 1e-12);
        }
    }

    /// <summary>Asserts equality to within a share of the largest expected magnitude.</summary>
    private static void Near(double[] expected, double[] actual, double tolerance)
    {
        double size = expected.Max(Math.Abs);
        Assert.Equal(expected.Length, actual.Length);
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) <= tolerance * size);
    }

    private sealed record Golden(Clip[] Clips, Median[] Medians, Lowered[] Lower);

    private sealed record Clip(int Rate, int Count, double[] Values, double[] Tunings, double[] Harmonic, double[][] Classes);

    private sealed record Median(int Rows, int Width, double[] Values);

    private sealed record Lowered(int Count, int Factor, double[] Values);
}
