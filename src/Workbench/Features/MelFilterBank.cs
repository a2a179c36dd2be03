using static TorchSharp.torch;

namespace SpeechEmotion.Features;

/// <summary>Triangular filters evenly spaced on the HTK mel scale, peak 1, as torchaudio.functional.melscale_fbanks(norm=None, mel_scale="htk").</summary>
public static class MelFilterBank
{
    /// <summary>Makes the filters.</summary>
    /// <param name="options">FFT size, rate, bands and limits.</param>
    /// <returns>(FftSize / 2 + 1, Mels) float32 on the CPU.</returns>
    /// <exception cref="InputException">The limits cross, or are so narrow that a filter holds no FFT bin.</exception>
    public static Tensor Make(FeatureOptions options)
    {
        double top = options.MaxHz == 0 ? options.SampleRate / 2.0 : options.MaxHz;
        if (top <= options.MinHz || top > options.SampleRate / 2.0)
        {
            throw new InputException(
                $"features.max_hz: {top:g} Hz must be above features.min_hz ({options.MinHz:g}) and at most half of features.sample_rate ({options.SampleRate / 2.0:g})");
        }

        int bins = (options.FftSize / 2) + 1;
        double low = ToMel(options.MinHz), high = ToMel(top);
        double[] points = Enumerable.Range(0, options.Mels + 2).Select(i => ToHz(low + ((high - low) * i / (options.Mels + 1)))).ToArray();
        float[] bank = new float[bins * options.Mels];
        for (int m = 0; m < options.Mels; m++)
        {
            double sum = 0;
            for (int b = 0; b < bins; b++)
            {
                double hz = options.SampleRate / 2.0 * b / (bins - 1);
                double rise = (hz - points[m]) / (points[m + 1] - points[m]), fall = (points[m + 2] - hz) / (points[m + 2] - points[m + 1]);
                sum += bank[(b * options.Mels) + m] = (float)Math.Max(0, Math.Min(rise, fall));
            }

            if (sum == 0)
            {
                throw new InputException(
                    $"features.mels: {options.Mels} bands are too many for features.fft_size {options.FftSize} at {options.SampleRate} Hz: band {m + 1} holds no frequency; take fewer bands or a longer FFT");
            }
        }

        return tensor(bank, new long[] { bins, options.Mels });
    }

    private static double ToMel(double hz) => 2595 * Math.Log10(1 + (hz / 700));

    private static double ToHz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);
}
