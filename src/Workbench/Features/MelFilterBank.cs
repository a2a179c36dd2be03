using static TorchSharp.torch;

namespace SpeechEmotion.Features;

/// <summary>Triangular filters of peak 1, evenly spaced on the HTK mel scale:
/// torchaudio.functional.melscale_fbanks(norm=None, mel_scale="htk").</summary>
public static class MelFilterBank
{
    /// <summary>The mel scale is this times the natural logarithm of 1 + f / 700 Hz.</summary>
    internal const double MelsPerNeper = 2595 / 2.302585092994046;

    /// <summary>Makes the filters.</summary>
    /// <param name="options">FFT size, rate, bands and limits.</param>
    /// <returns>(FftSize / 2 + 1, Mels) float32 on the CPU.</returns>
    /// <exception cref="InputException">The limits cross or go beyond half the rate, or a filter falls between two FFT bins.</exception>
    public static Tensor Make(FeatureOptions options) => tensor(Dense(options), [options.FftSize / 2 + 1, options.Mels]);

    /// <summary>The filters, each limited to the bins that it covers.</summary>
    /// <param name="options">FFT size, rate, bands and limits.</param>
    /// <returns>For each filter its first bin and the weights from there on.</returns>
    /// <exception cref="InputException">As <see cref="Make"/>.</exception>
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
        int half = Half(options);
        double low = options.MinHz, high = Highest(options);
        if (high > options.SampleRate / 2.0)
        {
            throw new InputException(
                $"features.max_hz: {high} is above half of features.sample_rate ({half}); lower it, or 0 for the half");
        }

        if (low >= high)
        {
            throw new InputException($"features.min_hz: {low} is not below the highest frequency ({high}); lower it");
        }

        // torchaudio computes the band edges in single precision; in double precision, as here, the weights differ by some 1e-6 of a
        // filter's height.
        int bins = options.FftSize / 2 + 1, mels = options.Mels;
        (double first, double step) = Spacing(options);
        double[] edges = Enumerable.Range(-1, mels + 2).Select(i => ToHz(first + step * i)).ToArray();
        float[] bank = new float[bins * mels];
        for (int m = 0; m < mels; m++)
        {
            float peak = 0;
            for (int b = 0; b < bins; b++)
            {
                double hz = (double)half * b / (bins - 1);
                double rise = (hz - edges[m]) / (edges[m + 1] - edges[m]), fall = (edges[m + 2] - hz) / (edges[m + 2] - edges[m + 1]);
                bank[b * mels + m] = (float)Math.Max(0, Math.Min(rise, fall));
                peak = Math.Max(peak, bank[b * mels + m]);
            }

            if (peak == 0)
            {
                throw new InputException($"features.mels: {mels} are too many for features.fft_size {options.FftSize}: "
                    + $"band {m + 1} ({edges[m]:0} to {edges[m + 2]:0} Hz) holds no frequency of it; take fewer bands or a longer FFT");
            }
        }

        return bank;
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

    /// <summary>Half the rate, rounded down as in torchaudio.</summary>
    private static int Half(FeatureOptions options) => options.SampleRate / 2;

    private static double Highest(FeatureOptions options) => options.MaxHz == 0 ? Half(options) : options.MaxHz;

    private static double ToMel(double hz) => MelsPerNeper * Math.Log(1 + hz / 700);

    private static double ToHz(double mel) => 700 * (Math.Exp(mel / MelsPerNeper) - 1);
}
