using System.Numerics.Tensors;

namespace SpeechEmotion.Features.Summary;

/// <summary>Divides the rate by a power of two as librosa 0.7 core.resample(res_type='kaiser_fast', scale=True) does within its constant-Q
/// transform: resampy 0.2, a sinc of 16 zero crossings under a Kaiser window. At these ratios every output falls on an input sample and
/// every tap on an entry of resampy's table (512 entries per crossing), so resampy's interpolation is plain filtering.</summary>
internal static class KaiserDownsampler
{
    /// <summary>Pass band as a share of half the new rate.</summary>
    public const double Rolloff = 0.85;

    private const int Crossings = 16;
    private const int Block = 2048; // number of outputs that stay in the L1 cache from tap to tap
    private const double Beta = 8.555504641634386;

    /// <summary>Lowers the rate and keeps the energy.</summary>
    /// <param name="sound">Samples.</param>
    /// <param name="factor">A power of two up to 512.</param>
    /// <returns>ceil(samples / factor) samples; the last is 0 where the division leaves a remainder.</returns>
    public static float[] By(ReadOnlySpan<float> sound, int factor)
    {
        float[] taps = Taps(factor), padded = new float[sound.Length + taps.Length - 1];
        float[] lower = new float[(sound.Length + factor - 1) / factor];
        sound.CopyTo(padded.AsSpan(taps.Length / 2));
        int whole = sound.Length / factor, row = padded.Length / factor + 1;

        // Sorts the samples by phase (index modulo factor), so that the samples one tap meets for consecutive outputs are contiguous.
        float[] phases = new float[factor * row];
        for (int phase = 0; phase < factor; phase++)
        {
            for (int i = phase, j = phase * row; i < padded.Length; i += factor, j++)
            {
                phases[j] = padded[i];
            }
        }

        for (int start = 0; start < whole; start += Block)
        {
            Span<float> block = lower.AsSpan(start, Math.Min(Block, whole - start));
            for (int tap = 0; tap < taps.Length; tap++)
            {
                Span<float> met = phases.AsSpan(tap % factor * row + tap / factor + start, block.Length);
                TensorPrimitives.MultiplyAdd(met, taps[tap], block, block);
            }
        }

        TensorPrimitives.Divide(lower, (float)Math.Sqrt(1.0 / factor), lower);
        return lower;
    }

    private static float[] Taps(int factor)
    {
        int reach = Crossings * factor - 1;
        return [.. Enumerable.Range(-reach, 2 * reach + 1).Select(i =>
        {
            double crossing = (double)i / factor, x = Math.PI * Rolloff * crossing;
            double window = Bessel(Beta * Math.Sqrt(1 - crossing * crossing / (Crossings * Crossings))) / Bessel(Beta);
            return (float)(Rolloff / factor * window * (x == 0 ? 1 : Math.Sin(x) / x));
        })];
    }

    /// <summary>The modified Bessel function of order 0, by its series.</summary>
    private static double Bessel(double x)
    {
        double sum = 1, term = 1;
        for (int k = 1; term > sum * 1e-17; k++)
        {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }

        return sum;
    }
}
