using System.Runtime.Intrinsics;

namespace SpeechEmotion.Features.Summary;

/// <summary>Power in mel bands: librosa 0.7 feature.melspectrogram at its defaults, and filters.mel (128 triangles of equal area from 0 to
/// half the rate, evenly spaced on Slaney's Auditory Toolbox scale, which is linear below 1 kHz).</summary>
internal sealed class SlaneyMel
{
    /// <summary>Number of bands.</summary>
    public const int Bands = 128;

    private const double LinearHz = 200.0 / 3;
    private const double KneeHz = 1000;
    private const double KneeMel = KneeHz / LinearHz;
    private static readonly double LogStep = Math.Log(6.4) / 27;
    private static readonly FilterCache<(int Rate, int Bins), SlaneyMel> Made = new(key => new SlaneyMel(key.Rate, key.Bins));

    private readonly int[] _first = new int[Bands];
    private readonly float[][] _weights = new float[Bands][];

    private SlaneyMel(int rate, int bins)
    {
        double top = ToMel(rate / 2.0), binHz = rate / 2.0 / (bins - 1);
        double[] edges = [.. Enumerable.Range(0, Bands + 2).Select(i => ToHz(top * i / (Bands + 1)))];
        for (int m = 0; m < Bands; m++)
        {
            (double low, double middle, double high) = (edges[m], edges[m + 1], edges[m + 2]);
            _first[m] = Math.Min(bins - 1, (int)Math.Ceiling(low / binHz));
            int last = Math.Min(bins - 1, (int)Math.Floor(high / binHz));
            _weights[m] = [.. Enumerable.Range(_first[m], Math.Max(0, last - _first[m] + 1)).Select(b =>
            {
                double triangle = Math.Min((b * binHz - low) / (middle - low), (high - b * binHz) / (high - middle));
                return (float)((float)Math.Max(0, triangle) * 2 / (high - low));
            })];
        }
    }

    /// <summary>Power in the bands.</summary>
    /// <param name="spectrum">Magnitudes.</param>
    /// <param name="rate">In Hz.</param>
    /// <returns>Frames × <see cref="Bands"/>, frame by frame.</returns>
    public static double[] Of(Magnitudes spectrum, int rate) => Made.Of((rate, spectrum.Bins)).Of(spectrum);

    private double[] Of(Magnitudes spectrum)
    {
        double[] power = new double[spectrum.Frames * Bands];
        for (int t = 0; t < spectrum.Frames; t++)
        {
            ReadOnlySpan<float> frame = spectrum.Frame(t);
            for (int m = 0; m < Bands; m++)
            {
                ReadOnlySpan<float> weights = _weights[m], bins = frame.Slice(_first[m], weights.Length);
                Vector256<double> sums = Vector256<double>.Zero;
                int i = 0;
                for (; i <= weights.Length - Vector128<float>.Count; i += Vector128<float>.Count)
                {
                    Vector128<float> bin = Vector128.Create(bins[i..]);
                    sums += Wide(Vector128.Create(weights[i..])) * Wide(bin * bin);
                }

                double sum = Vector256.Sum(sums);
                for (; i < weights.Length; i++)
                {
                    sum += weights[i] * (double)(bins[i] * bins[i]);
                }

                power[t * Bands + m] = sum;
            }
        }

        return power;
    }

    private static Vector256<double> Wide(Vector128<float> values)
    {
        (Vector128<double> lower, Vector128<double> upper) = Vector128.Widen(values);
        return Vector256.Create(lower, upper);
    }

    private static double ToMel(double hz) => hz < KneeHz ? hz / LinearHz : KneeMel + Math.Log(hz / KneeHz) / LogStep;

    private static double ToHz(double mel) => mel < KneeMel ? mel * LinearHz : KneeHz * Math.Exp(LogStep * (mel - KneeMel));
}
