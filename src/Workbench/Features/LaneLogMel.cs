using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SpeechEmotion.Features.Summary;

namespace SpeechEmotion.Features;

/// <summary><see cref="LogMel"/> on the processor, without tensors: sixteen frames at a time, one in each lane of the vectors, and of each
/// filter only the bins that it covers. For frames of a power of two; several threads may share one instance.</summary>
internal sealed class LaneLogMel
{
    private const float DecibelsPerDoubling = 3.01029996f; // 10 log10(2)

    /// <summary>What a thread works in, kept between clips: making it anew for each took longer than the transforms.</summary>
    [ThreadStatic]
    private static float[]? keptSound, keptBands;

    private readonly FeatureOptions _options;
    private readonly float[] _window;
    private readonly (int First, float[] Weights)[] _filters;

    /// <summary>Prepares window and filters.</summary>
    /// <param name="options">Framing, bands and floor.</param>
    /// <exception cref="InputException">Options that contradict each other; the message names the key.</exception>
    public LaneLogMel(FeatureOptions options)
    {
        LogMel.Check(options);
        _options = options;
        _window = [.. Stft.Hann(options.FftSize).Select(w => (float)w)];
        _filters = MelFilterBank.Sparse(options);
    }

    private static int Lanes => RealFft<float>.Lanes;

    /// <summary>True where the frames are of a size that it takes.</summary>
    public static bool Takes(FeatureOptions options) => options.FftSize >= Lanes && BitOperations.IsPow2(options.FftSize);

    /// <summary>Computes one clip.</summary>
    /// <param name="clip">Mono sound at the options' rate, at least half a frame and one sample.</param>
    /// <returns>1 + samples / hop frames of <see cref="FeatureOptions.Mels"/> levels in dB, not below the loudest less TopDb.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float[] Of(ReadOnlySpan<float> clip)
    {
        int side = _options.FftSize / 2, hop = _options.Hop, mels = _filters.Length, frames = 1 + clip.Length / hop;

        // Silence behind the last frame, so that every group of lanes is whole.
        int row = (frames + Lanes) * hop + _options.FftSize;
        Span<float> padded = Aligned.Reuse(ref keptSound, row);
        padded[(clip.Length + side)..].Clear();
        LogMel.Reflect(clip, padded, side);
        float[] levels = new float[frames * mels];
        RealFft<float> fft = RealFft<float>.OfThread(_options.FftSize);
        Span<Vector512<float>> bands = Aligned.ReuseVectors(ref keptBands, mels);
        for (int first = 0; first < frames; first += Lanes)
        {
            LaneTiles<float>.Deal(padded[(first * hop)..], hop, _window, fft);
            fft.ForwardPower();
            ReadOnlySpan<Vector512<float>> power = fft.ReVectors;
            for (int m = 0; m < mels; m++)
            {
                // Not TensorPrimitives' logarithm, which runs unoptimised for the first seconds of a program: seven
                // times as long for all of this.
                bands[m] = Vector512.Log2(Band(power, _filters[m])) * DecibelsPerDoubling;
            }

            LaneTiles<float>.Collect(bands, levels.AsSpan(first * mels), mels, mels);
        }

        float floor = TensorPrimitives.Max<float>(levels) - (float)_options.TopDb;
        TensorPrimitives.Max(levels, floor, levels);
        return levels;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> Band(ReadOnlySpan<Vector512<float>> power, (int First, float[] Weights) filter)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int b = 0; b < filter.Weights.Length; b++)
        {
            sum += power[filter.First + b] * filter.Weights[b];
        }

        return Vector512.Max(sum, Vector512.Create((float)LogMel.LeastPower));
    }
}
