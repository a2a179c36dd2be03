using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>The loops of <see cref="NormRelu"/> over rows of channels. Clips are divided among as many threads as torch uses. Each row (one
/// band of one clip) is summed in single precision; rows, and then clips in order, are added in double precision. So the sums do not depend
/// on the number of threads.</summary>
/// <param name="sound">Number of sound frames of each clip; the frames after them are padding.</param>
/// <param name="bands">F.</param>
/// <param name="frames">T.</param>
/// <param name="channels">C, a multiple of <see cref="Lanes"/>.</param>
/// <param name="epsilon">Added to the variance.</param>
internal sealed unsafe class NormKernel(int[] sound, int bands, int frames, int channels, double epsilon)
{
    private readonly float[] _scale = new float[channels];
    private readonly float[] _offset = new float[channels];

    /// <summary>Channels in a vector.</summary>
    public static int Lanes => Vector512<float>.Count;

    /// <summary>Number of values behind each channel's statistics: sound frames × bands.</summary>
    public long Count { get; } = sound.Sum(s => (long)s) * bands;

    /// <summary>Mean of each channel over the sound frames.</summary>
    public double[] Mean { get; } = new double[channels];

    /// <summary>Biased variance of each channel over the sound frames.</summary>
    public double[] Variance { get; } = new double[channels];

    /// <summary>Computes the statistics and folds them, with the layer's weight and bias, into one scale and offset per channel.</summary>
    /// <param name="x">(N, F, T, C).</param>
    /// <param name="weight">(C).</param>
    /// <param name="bias">(C).</param>
    public void Measure(float* x, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias)
    {
        (double[] sums, double[] squares) = Sum((clip, sum, square) =>
        {
            for (int row = clip * bands; row < (clip + 1) * bands; row++)
            {
                for (int c = 0; c < channels; c += Lanes)
                {
                    float* from = x + (long)row * frames * channels + c;
                    Vector512<float> one = default, two = default;
                    for (int t = 0; t < sound[clip]; t++, from += channels)
                    {
                        Vector512<float> value = Vector512.Load(from);
                        one += value;
                        two += value * value;
                    }

                    Add(one, two, sum, square, c);
                }
            }
        });
        for (int c = 0; c < channels; c++)
        {
            Mean[c] = sums[c] / Count;
            Variance[c] = Math.Max(0, squares[c] / Count - Mean[c] * Mean[c]);
            double scale = weight[c] / Math.Sqrt(Variance[c] + epsilon);
            (_scale[c], _offset[c]) = ((float)scale, (float)(bias[c] - Mean[c] * scale));
        }
    }

    /// <summary>Normalises and applies ReLU; writes zeros on the padding.</summary>
    /// <param name="x">(N, F, T, C).</param>
    /// <param name="output">The same shape.</param>
    public void Normalise(float* x, float* output) => EachClip(clip =>
    {
        for (int row = clip * bands; row < (clip + 1) * bands; row++)
        {
            for (int c = 0; c < channels; c += Lanes)
            {
                Vector512<float> scale = Vector512.LoadUnsafe(ref _scale[c]), offset = Vector512.LoadUnsafe(ref _offset[c]);
                long at = (long)row * frames * channels + c;
                for (int t = 0; t < frames; t++, at += channels)
                {
                    Vector512<float> value = t < sound[clip]
                        ? Vector512.Max(Vector512.Load(x + at) * scale + offset, Vector512<float>.Zero)
                        : default;
                    value.Store(output + at);
                }
            }
        }
    });

    /// <summary>The backward pass.</summary>
    /// <param name="x">The forward pass's input, (N, F, T, C).</param>
    /// <param name="slopes">Gradient of the output; overwritten with the gradient of the input.</param>
    /// <returns>The gradients of weight and bias.</returns>
    public (float[] Weight, float[] Bias) Back(float* x, float* slopes)
    {
        (double[] sums, double[] products) = Sum((clip, sum, product) =>
        {
            for (int row = clip * bands; row < (clip + 1) * bands; row++)
            {
                for (int c = 0; c < channels; c += Lanes)
                {
                    Vector512<float> scale = Vector512.LoadUnsafe(ref _scale[c]), offset = Vector512.LoadUnsafe(ref _offset[c]);
                    Vector512<float> one = default, two = default;
                    long at = (long)row * frames * channels + c;
                    for (int t = 0; t < sound[clip]; t++, at += channels)
                    {
                        Vector512<float> value = Vector512.Load(x + at), slope = Passed(value, Vector512.Load(slopes + at), scale, offset);
                        one += slope;
                        two += slope * value;
                    }

                    Add(one, two, sum, product, c);
                }
            }
        });
        float[] weight = new float[channels], bias = new float[channels], alongX = new float[channels], constant = new float[channels];
        for (int c = 0; c < channels; c++)
        {
            double deviation = Math.Sqrt(Variance[c] + epsilon), along = (products[c] - Mean[c] * sums[c]) / deviation;
            double share = _scale[c] * along / deviation / Count;
            (weight[c], bias[c]) = ((float)along, (float)sums[c]);
            (alongX[c], constant[c]) = ((float)-share, (float)(share * Mean[c] - _scale[c] * sums[c] / Count));
        }

        EachClip(clip =>
        {
            for (int row = clip * bands; row < (clip + 1) * bands; row++)
            {
                for (int c = 0; c < channels; c += Lanes)
                {
                    Vector512<float> scale = Vector512.LoadUnsafe(ref _scale[c]), offset = Vector512.LoadUnsafe(ref _offset[c]);
                    Vector512<float> along = Vector512.LoadUnsafe(ref alongX[c]), same = Vector512.LoadUnsafe(ref constant[c]);
                    long at = (long)row * frames * channels + c;
                    for (int t = 0; t < frames; t++, at += channels)
                    {
                        Vector512<float> value = Vector512.Load(x + at), slope = Passed(value, Vector512.Load(slopes + at), scale, offset);
                        (t < sound[clip] ? slope * scale + value * along + same : default).Store(slopes + at);
                    }
                }
            }
        });
        return (weight, bias);
    }

    /// <summary>The gradient where the output was above zero, else 0.</summary>
    private static Vector512<float> Passed(Vector512<float> x, Vector512<float> slope, Vector512<float> scale, Vector512<float> offset) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(x * scale + offset, Vector512<float>.Zero), slope, Vector512<float>.Zero);

    private static void Add(Vector512<float> one, Vector512<float> two, double[] first, double[] second, int channel)
    {
        for (int lane = 0; lane < Lanes; lane++)
        {
            first[channel + lane] += one[lane];
            second[channel + lane] += two[lane];
        }
    }

    private (double[] First, double[] Second) Sum(Action<int, double[], double[]> work)
    {
        double[][] first = New(), second = New();
        EachClip(clip => work(clip, first[clip], second[clip]));
        return (Total(first), Total(second));

        double[][] New() => [.. sound.Select(_ => new double[channels])];
        double[] Total(double[][] parts) => [.. Enumerable.Range(0, channels).Select(c => parts.Sum(p => p[c]))];
    }

    private void EachClip(Action<int> work)
    {
        int threads = get_num_threads();
        if (threads == 1)
        {
            for (int clip = 0; clip < sound.Length; clip++)
            {
                work(clip);
            }
        }
        else
        {
            Parallel.For(0, sound.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, work);
        }
    }
}
