using System.Numerics;

namespace SpeechEmotion.Features.Summary;

/// <summary>The constant-Q transform of seven octaves from C1, twelve bins each, at a hop of 512 samples: librosa 0.7 core.cqt at its
/// defaults. Every octave is transformed with the same filters, each at half the rate of the octave above. After C. Schörkhuber and A.
/// Klapuri, Constant-Q transform toolbox, SMC 2010. At rates above 12.8 kHz the top octave lies within the pass band of the resampler, so
/// its better filter, kaiser_best, is never needed.</summary>
internal static class ConstantQ
{
    /// <summary>Number of octaves.</summary>
    public const int Octaves = 7;

    private const int Hop = 512;
    private const double LowestTuning = -0.5;
    private const double LowestC = 440 / 16.0 * 1.189207115002721; // C1: three semitones above A0
    private const double HannBandwidth = 1.50018310546875; // filters.window_bandwidth('hann')

    /// <summary>Factor by which the rate is divided before the first octave: above 1 only where half the rate lies far above the highest
    /// note.</summary>
    /// <param name="rate">In Hz.</param>
    /// <param name="tuning">Semitones that the notes lie above those of A440.</param>
    /// <returns>A power of two from 1 to 8.</returns>
    public static int EarlyFactor(int rate, double tuning)
    {
        double quality = 1 / (Math.Pow(2, 1.0 / ConstantQFilters.Count) - 1);
        double highest = Lowest(tuning) * Math.Pow(2, Octaves - 1.0 / ConstantQFilters.Count) * (1 + 0.5 * HannBandwidth / quality);
        int possible = (int)Math.Ceiling(Math.Log2(KaiserDownsampler.Rolloff * rate / 2 / highest)) - 2;
        return 1 << Math.Clamp(possible, 0, BitOperations.Log2(Hop) - Octaves + 1);
    }

    /// <summary>Minimum number of samples: enough to halve the rate down to the lowest octave, whatever the tuning.</summary>
    /// <param name="rate">In Hz.</param>
    public static int LeastSamples(int rate) => (EarlyFactor(rate, LowestTuning) << (Octaves - 2)) + 1;

    /// <summary>Transforms sound to pitch classes.</summary>
    /// <param name="sound">At least <see cref="LeastSamples"/> samples.</param>
    /// <param name="rate">In Hz, above 12.8 kHz.</param>
    /// <param name="tuning">Semitones that the notes lie above those of A440, from -0.5 to 0.5.</param>
    /// <returns>Frames of twelve pitch classes from C, each the sum of the magnitudes of its seven octaves.</returns>
    public static double[][] PitchClasses(float[] sound, int rate, double tuning)
    {
        int early = EarlyFactor(rate, tuning), hop = Hop / early;
        float[] octave = early == 1 ? sound : KaiserDownsampler.By(sound, early);
        ConstantQFilters filters = ConstantQFilters.Of((double)rate / early, Lowest(tuning) * (1 << (Octaves - 1)));
        double[] window = [.. Enumerable.Repeat(1.0, filters.Size)];
        double[][] frames = [.. Enumerable.Range(0, 1 + octave.Length / hop).Select(_ => new double[ConstantQFilters.Count])];
        for (int o = 0; o < Octaves; o++, hop /= 2)
        {
            octave = o == 0 ? octave : KaiserDownsampler.By(octave, 2);
            using Spectrum spectrum = Stft.Forward(octave, window, hop);
            frames = frames[..Math.Min(frames.Length, spectrum.Frames)];
            for (int t = 0; t < frames.Length; t++)
            {
                Add(spectrum.Real(t), spectrum.Imaginary(t), filters, frames[t]);
            }
        }

        return frames;
    }

    private static void Add(ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary, ConstantQFilters filters, double[] classes)
    {
        for (int i = 0; i < classes.Length; i++)
        {
            double re = 0, im = 0;
            ReadOnlySpan<int> bins = filters.Bins[i];
            ReadOnlySpan<Complex> weights = filters.Weights[i];
            for (int k = 0; k < bins.Length; k++)
            {
                (double a, double b) = (real[bins[k]], imaginary[bins[k]]);
                re += weights[k].Real * a - weights[k].Imaginary * b;
                im += weights[k].Real * b + weights[k].Imaginary * a;
            }

            classes[i] += Math.Sqrt(re * re + im * im);
        }
    }

    private static double Lowest(double tuning) => LowestC * Math.Pow(2, tuning / ConstantQFilters.Count);
}
