using static TorchSharp.torch;

namespace SpeechEmotion.Features;

/// <summary>Triangular filters of peak 1, evenly spaced on the HTK mel scale:
/// torchaudio.functional.melscale_fbanks(norm=None, mel_scale="htk").</summary>
public static class MelFilterBank
{
    /// <summary>The mel scale is this times the natural logarithm of 1 + f / 700 Hz.</summary>
    internal const double MelsPerNeper = 2595 / 2.302585092994046;

    /// <summary>Makes the filters.</summary>
    /// <param name="options">FFT size, rate, bands and limits; they keep <see cref="FeatureRules"/>.</param>
    /// <returns>(FftSize / 2 + 1, Mels) float32 on the CPU.</returns>
    public static Tensor Make(FeatureOptions options) => tensor(Dense(options), [options.FftSize / 2 + 1, options.Mels]);

    /// <summary>The filters, each limited to the bins that it covers.</summary>
    /// <param name="options">As <see cref="Make"/> takes them.</param>
    /// <returns>For each filter its first bin and the weights from there on.</returns>
    internal static (int First, float[] Weights)[] Sparse(FeatureOptions options)
    {
        float[] bank = Dense(options);
        int bins = options.FftSize / 2 + 1, mels = options.Mels;
        return [.. Enumerable.Range(0, mels).Select(m =>
        {
            float[] filter = [.. Enumerable.Range(0, bins).Select(b => bank[b * mels + m])];
            int first = Array.FindIndex(filter, w => w > 0), last = Array.FindLastIndex(filter, w => w > 0);
            return (first, filter[first..(last + 1)]);
        })];
    }

    private static float[] Dense(FeatureOptions options)
    {
        // torchaudio computes the band edges in single precision; in double precision, as here, the weights differ by some 1e-6 of a
        // filter's height.
        int bins = options.FftSize / 2 + 1, mels = options.Mels;
        double[] edges = Edges(options);
        float[] bank = new float[bins * mels];
        for (int m = 0; m < mels; m++)
        {
            for (int b = 0; b < bins; b++)
            {
                double hz = Hz(options, b);
                double rise = (hz - edges[m]) / (edges[m + 1] - edges[m]), fall = (edges[m + 2] - hz) / (edges[m + 2] - edges[m + 1]);
                bank[b * mels + m] = (float)Math.Max(0, Math.Min(rise, fall));
            }
        }

        return bank;
    }

    /// <summary>The first band between whose edges no FFT bin lies, so that its filter would be empty.</summary>
    /// <param name="options">FFT size, rate, bands and limits.</param>
    /// <returns>The band, from 1, and its edges in Hz; null if there is none.</returns>
    internal static (int Band, double Low, double High)? Empty(FeatureOptions options)
    {
        double[] edges = Edges(options);
        int bin = 0;
        for (int m = 0; m < options.Mels; m++)
        {
            while (Hz(options, bin) <= edges[m])
            {
                bin++;
            }

            if (Hz(options, bin) >= edges[m + 2])
            {
                return (m + 1, edges[m], edges[m + 2]);
            }
        }

        return null;
    }

    /// <summary>Where the bands' centres lie.</summary>
    /// <param name="options">Bands and limits.</param>
    /// <returns>The first centre and the distance between neighbouring centres, in mel.</returns>
    internal static (double First, double Step) Spacing(FeatureOptions options)
    {
        double low = ToMel(options.MinHz), high = ToMel(Highest(options));
        double step = (high - low) / (options.Mels + 1);
        return (low + step, step);
    }

    /// <summary>Highest frequency of the bank, in Hz.</summary>
    internal static double Highest(FeatureOptions options) => options.MaxHz == 0 ? Half(options) : options.MaxHz;

    /// <summary>Half the rate, rounded down as in torchaudio.</summary>
    private static int Half(FeatureOptions options) => options.SampleRate / 2;

    /// <summary>Frequency of an FFT bin.</summary>
    private static double Hz(FeatureOptions options, int bin) => (double)Half(options) * bin / (options.FftSize / 2);

    /// <summary>The bands' edges in Hz: band m rises from edge m, from 0, to edge m + 1 and falls to edge m + 2.</summary>
    private static double[] Edges(FeatureOptions options)
    {
        (double first, double step) = Spacing(options);
        return [.. Enumerable.Range(-1, options.Mels + 2).Select(i => ToHz(first + step * i))];
    }

    private static double ToMel(double hz) => MelsPerNeper * Math.Log(1 + hz / 700);

    private static double ToHz(double mel) => 700 * (Math.Exp(mel / MelsPerNeper) - 1);
}
