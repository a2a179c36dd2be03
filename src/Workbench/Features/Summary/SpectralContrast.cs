using System.Runtime.Intrinsics;

namespace SpeechEmotion.Features.Summary;

/// <summary>Level of the peaks above the valleys in octave bands: librosa 0.7 feature.spectral_contrast(fmin=200, n_bands=6,
/// quantile=0.02). In each band it is the level of the mean of the strongest fiftieth of the bins, less that of the weakest
/// fiftieth.</summary>
internal static class SpectralContrast
{
    /// <summary>Number of bands: one below 200 Hz, five octaves from there, and one above them.</summary>
    public const int Bands = 7;

    /// <summary>Lower edge of the last band, in Hz; half the sample rate must lie above it.</summary>
    public const double HighestEdgeHz = LowestEdgeHz * 32;

    private const double LowestEdgeHz = 200;
    private const double Quantile = 0.02;

    [ThreadStatic]
    private static float[]? keptBins;

    /// <summary>The mean contrast over time.</summary>
    /// <param name="spectrum">Magnitudes.</param>
    /// <param name="rate">In Hz, above twice <see cref="HighestEdgeHz"/>.</param>
    /// <returns><see cref="Bands"/> values in dB (the magnitude is taken for power, as in librosa).</returns>
    public static double[] Of(Magnitudes spectrum, int rate)
    {
        (int First, int End, int Count)[] bands = Layout(rate, spectrum.Bins);
        int lanes = Vector512<float>.Count;
        double[] peaks = new double[spectrum.Frames * Bands], valleys = new double[peaks.Length];
        Span<Vector512<float>> bins = Aligned.ReuseVectors(ref keptBins, spectrum.Bins);
        int longest = bands.Max(b => b.Count);
        Span<Vector512<float>> most = Aligned.Vectors(stackalloc float[(longest + 1) * lanes]);
        Span<Vector512<float>> least = Aligned.Vectors(stackalloc float[(longest + 1) * lanes]);
        for (int group = 0; group < spectrum.Frames; group += lanes)
        {
            LaneTiles<float>.Deal(spectrum.Values[(group * spectrum.Bins)..], spectrum.Bins, bins);
            for (int k = 0; k < Bands; k++)
            {
                (int first, int end, int count) = bands[k];
                Extremes(bins[first..end], most[..count], least[..count]);
                for (int t = group; t < Math.Min(group + lanes, spectrum.Frames); t++)
                {
                    peaks[t * Bands + k] = Mean(most[..count], t - group);
                    valleys[t * Bands + k] = Mean(least[..count], t - group);
                }
            }
        }

        Decibels.Of(peaks);
        Decibels.Of(valleys);
        double[] mean = new double[Bands];
        for (int i = 0; i < peaks.Length; i++)
        {
            mean[i % Bands] += (peaks[i] - valleys[i]) / spectrum.Frames;
        }

        return mean;
    }

    /// <summary>First bin, bin after the last, and number of bins averaged as peak and as valley. Every band but the lowest begins one bin
    /// below its edge; the last bin of all but the top band is left out, but counts for the fiftieth.</summary>
    internal static (int First, int End, int Count)[] Layout(int rate, int bins)
    {
        double binHz = rate / 2.0 / (bins - 1);
        return [.. Enumerable.Range(0, Bands).Select(k =>
        {
            double low = k == 0 ? 0 : LowestEdgeHz * Math.Pow(2, k - 1), high = LowestEdgeHz * Math.Pow(2, k);
            int first = Math.Max(0, (int)Math.Ceiling(low / binHz) - (k > 0 ? 1 : 0));
            int end = k == Bands - 1 ? bins : Math.Min(bins, (int)Math.Floor(high / binHz) + 1);
            int count = Math.Max(1, (int)Math.Round(Quantile * (end - first), MidpointRounding.ToEven));
            return (first, k == Bands - 1 ? end : end - 1, count);
        })];
    }

    /// <summary>The largest and the smallest values of every lane, sorted. Insertion is enough, for there are only some ten of them at
    /// usual rates.</summary>
    private static void Extremes(ReadOnlySpan<Vector512<float>> values, Span<Vector512<float>> most, Span<Vector512<float>> least)
    {
        most.Fill(Vector512.Create(float.NegativeInfinity));
        least.Fill(Vector512.Create(float.PositiveInfinity));
        foreach (Vector512<float> value in values)
        {
            Vector512<float> smaller = value, larger = value;
            for (int i = 0; i < most.Length; i++)
            {
                (most[i], smaller) = (Vector512.MaxNative(most[i], smaller), Vector512.MinNative(most[i], smaller));
                (least[i], larger) = (Vector512.MinNative(least[i], larger), Vector512.MaxNative(least[i], larger));
            }
        }
    }

    private static double Mean(ReadOnlySpan<Vector512<float>> values, int lane)
    {
        double sum = 0;
        foreach (Vector512<float> value in values)
        {
            sum += value[lane];
        }

        return sum / values.Length;
    }
}
