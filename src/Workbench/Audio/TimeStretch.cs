namespace SpeechEmotion.Audio;

/// <summary>Changes a clip's duration and keeps its pitch, by WSOLA: windows of the clip are overlap-added at another spacing, each taken
/// from where it best continues the one before. The pulses of a voice stay intact, where a phase vocoder smears them. Source: Verhelst and
/// Roelands, An overlap-add technique based on waveform similarity (WSOLA), ICASSP 1993.</summary>
public static class TimeStretch
{
    // Two periods of a low voice (80 Hz) fit in a window, and the search reaches a half period of 50 Hz either way.
    private const double HopSeconds = 0.0125;
    private const double SearchSeconds = 0.01;

    /// <summary>Stretches the clip.</summary>
    /// <param name="samples">One channel.</param>
    /// <param name="sampleRate">In Hz.</param>
    /// <param name="factor">New duration over old, 0.25 to 4.</param>
    /// <returns>round(samples × factor) samples.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is out of range.</exception>
    public static float[] Apply(ReadOnlySpan<float> samples, int sampleRate, double factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 0.25);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(factor, 4);
        int hop = (int)Math.Round(HopSeconds * sampleRate);
        int search = (int)Math.Round(SearchSeconds * sampleRate);
        float[] window = [.. Enumerable.Range(0, 2 * hop).Select(i => (float)(0.5 - 0.5 * Math.Cos(Math.PI * i / hop)))];

        // Silence around the clip, for windows and searches beyond its ends: the last window may start four hops late (hop / factor), and
        // its continuation ends three hops later.
        int margin = 7 * hop + search;
        float[] padded = new float[checked(samples.Length + 2 * margin)];
        samples.CopyTo(padded.AsSpan(margin));

        float[] output = new float[(int)Math.Round(samples.Length * factor)];
        int chosen = 0;
        for (int centre = 0; centre < output.Length + hop; centre += hop)
        {
            int wanted = margin + (int)Math.Round(centre / factor) - hop;
            chosen = centre == 0 ? wanted : Best(padded, chosen + hop, wanted, search, window.Length);
            int start = centre - hop;
            int last = Math.Min(window.Length, output.Length - start);
            for (int i = Math.Max(0, -start); i < last; i++)
            {
                output[start + i] += window[i] * padded[chosen + i];
            }
        }

        return output;
    }

    /// <summary>Finds the start within the search range whose window best matches the continuation of the last one (normalised
    /// correlation).</summary>
    private static int Best(ReadOnlySpan<float> padded, int follows, int wanted, int search, int length)
    {
        ReadOnlySpan<float> natural = padded.Slice(follows, length);
        ReadOnlySpan<float> range = padded.Slice(wanted - search, 2 * search + length);
        double energy = 0;
        for (int i = 0; i < length; i++)
        {
            energy += (double)range[i] * range[i];
        }

        // In silence all starts are equally good, and the wanted one is kept.
        (int best, double most) = (wanted, 0);
        for (int lag = 0; lag <= 2 * search; lag++)
        {
            double score = energy > 1e-9 ? DotProduct.Of(natural, range.Slice(lag, length)) / Math.Sqrt(energy) : 0;
            if (score > most)
            {
                (best, most) = (wanted - search + lag, score);
            }

            if (lag < 2 * search)
            {
                energy += (double)range[lag + length] * range[lag + length] - (double)range[lag] * range[lag];
            }
        }

        return best;
    }
}
