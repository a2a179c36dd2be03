using System.Numerics;

namespace SpeechEmotion.Features.Summary;

/// <summary>The filters of one octave in the frequency domain: librosa 0.7 filters.constant_q(filter_scale=1, norm=1, window='hann',
/// pad_fft=True) and util.sparsify_rows(quantile=0.01). Lower octaves use the same filters at half the rate.</summary>
/// <param name="Size">FFT size, the shortest power of two that holds the longest filter.</param>
/// <param name="Bins">The bins that each filter keeps.</param>
/// <param name="Weights">The weights of those bins.</param>
internal sealed record ConstantQFilters(int Size, int[][] Bins, Complex[][] Weights)
{
    /// <summary>Filters per octave.</summary>
    public const int Count = 12;

    private const double Dropped = 0.01;

    private static readonly FilterCache<(double Rate, double Lowest), ConstantQFilters> Made = new(key => Make(key.Rate, key.Lowest));

    /// <summary>The filters for a rate and a lowest frequency, made once.</summary>
    /// <param name="rate">In Hz.</param>
    /// <param name="lowest">Frequency of the lowest filter, in Hz.</param>
    public static ConstantQFilters Of(double rate, double lowest) => Made.Of((rate, lowest));

    private static ConstantQFilters Make(double rate, double lowest)
    {
        double quality = 1 / (Math.Pow(2, 1.0 / Count) - 1);
        double[] lengths = [.. Enumerable.Range(0, Count).Select(i => quality * rate / (lowest * Math.Pow(2, (double)i / Count)))];
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Ceiling(lengths[0]));
        int[][] bins = new int[Count][];
        Complex[][] weights = new Complex[Count][];
        for (int i = 0; i < Count; i++)
        {
            Complex[] response = Response(Kernel(lengths[i], size, quality));
            double least = Least(response);
            bins[i] = [.. Enumerable.Range(0, response.Length).Where(b => Complex.Abs(response[b]) >= least)];

            // Each response is divided by the root of its filter's length (scale=True). The top octave's lengths serve every octave: from
            // octave to octave librosa's filters grow by the root of 2, and so do the roots of their lengths.
            weights[i] = [.. bins[i].Select(b => response[b] / Math.Sqrt(lengths[i]))];
        }

        return new ConstantQFilters(size, bins, weights);
    }

    /// <summary>A windowed complex tone, centred and padded with zeros, in single precision as in librosa.</summary>
    private static Complex[] Kernel(double length, int size, double quality)
    {
        int first = (int)Math.Floor(-length / 2), count = (int)Math.Floor(length / 2) - first;
        double[] window = Stft.Hann(count);
        double sum = window.Sum();
        Complex[] kernel = new Complex[size];
        for (int n = 0; n < count; n++)
        {
            Complex tone = Complex.FromPolarCoordinates(window[n] / sum, (first + n) * 2 * Math.PI * quality / length);
            double scale = length / size;
            kernel[(size - count) / 2 + n] = new((float)((float)tone.Real * scale), (float)((float)tone.Imaginary * scale));
        }

        return kernel;
    }

    /// <summary>Bins 0 to size / 2 of a complex signal's transform, from the transforms of its real and its imaginary part.</summary>
    private static Complex[] Response(Complex[] kernel)
    {
        RealFft<double> fft = RealFft<double>.OfThread(kernel.Length);
        int lanes = RealFft<double>.Lanes;
        Complex[] response = new Complex[kernel.Length / 2 + 1];
        foreach (bool imaginary in (bool[])[false, true])
        {
            for (int n = 0; n < kernel.Length; n++)
            {
                (n % 2 == 0 ? fft.Re : fft.Im)[n / 2 * lanes] = imaginary ? kernel[n].Imaginary : kernel[n].Real;
            }

            fft.Forward();
            for (int b = 0; b < response.Length; b++)
            {
                Complex part = new(fft.Re[b * lanes], fft.Im[b * lanes]);
                response[b] += imaginary ? part * Complex.ImaginaryOne : part;
            }
        }

        return response;
    }

    /// <summary>Smallest magnitude to keep: summed from the weakest bin up, the magnitudes reach a hundredth of their total
    /// there.</summary>
    private static double Least(Complex[] response)
    {
        double[] sorted = [.. response.Select(Complex.Abs).Order()];
        double all = sorted.Sum(), sum = 0;
        foreach (double magnitude in sorted)
        {
            sum += magnitude / all;
            if (sum >= Dropped)
            {
                return magnitude;
            }
        }

        return sorted[^1];
    }
}
