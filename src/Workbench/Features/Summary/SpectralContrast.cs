namespace SpeechEmotion.Features.Summary;

/// <summary>Peaks above valleys in octave bands: librosa 0.7 feature.spectral_contrast(fmin=200, n_bands=6, quantile=0.02): the level of
/// the mean of the strongest fiftieth of a band's bins over that of the weakest.</summary>
internal static class SpectralContrast
{
    /// <summary>Bands: below 200 Hz, five octaves from there, and all above.</summary>
    public const int Bands = 7;

    /// <summary>Half the rate must lie above the last band's lower edge.</summary>
    public const double HighestEdgeHz = LowestEdgeHz * 32;

    private const double LowestEdgeHz = 200;
    private const double Quantile = 0.02;

    /// <summary>The mean over time.</summary>
    /// <param name="spectrum">Magnitudes.</param>
    /// <param name="rate">In Hz, above twice <see cref="HighestEdgeHz"/>.</param>
    /// <returns><see cref="Bands"/> values in dB (of the magnitude taken for power, as there).</returns>
    public static double[] Of(Magnitudes spectrum, int rate)
    {
        (int First, int End, int Count)[] bands = Layout(rate, spectrum.Bins);
        double[] peaks = new double[spectrum.Frames * Bands], valleys = new double[peaks.Length];
        Span<float> most = stackalloc float[bands.Max(b => b.Count)], least = stackalloc float[most.Length];
        for (int t = 0; t < spectrum.Frames; t++)
        {
            for (int k = 0; k < Bands; k++)
            {
                (int first, int end, int count) = bands[k];
                Extremes(spectrum.Frame(t)[first..end], most[..count], least[..count]);
                peaks[t * Bands + k] = Mean(most[..count]);
                valleys[t * Bands + k] = Mean(least[..count]);
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

    /// <summary>First bin, bin after the last, and bins taken at either end. A band begins a bin below its edge; the last bin of all but
    /// the top band is left out but counts for the fiftieth.</summary>
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

    /// <summary>The largest and the smallest values, each by insertion, for there are ten of them at the most at usual rates.</summary>
    private static void Extremes(ReadOnlySpan<float> values, Span<float> most, Span<float> least)
    {
        most.Fill(float.NegativeInfinity);
        least.Fill(float.PositiveInfinity);
        foreach (float value in values)
        {
            if (value > most[^1])
            {
                int i = most.Length - 1;
                for (; i > 0 && value > most[i - 1]; i--)
                {
                    most[i] = most[i - 1];
                }

                most[i] = value;
            }

            if (value < least[^1])
            {
                int i = least.Length - 1;
                for (; i > 0 && value < least[i - 1]; i--)
                {
                    least[i] = least[i - 1];
                }

                least[i] = value;
            }
        }
    }

    private static double Mean(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
