using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SpeechEmotion.Features.Summary;

namespace SpeechEmotion.Features;

/// <summary>Computes <see cref="LogMel"/> on the CPU without tensors: sixteen frames at a time, one in each vector lane, and for each
/// filter only the bins that it covers. The FFT size must be a power of two (<see cref="Takes"/>). Several threads may share one
/// instance.</summary>
internal sealed class LaneLogMel
{
    private const float DecibelsPerDoubling = 3.01029996f; // 10 log10(2)

    /// <summary>Buffers of a thread, kept between clips: allocating them for each clip took longer than the transforms.</summary>
    [ThreadStatic]
    private static float[]? keptSound, keptBands;

    private readonly FeatureOptions _options;
    private readonly float[] _window;
    private readonly (int First, float[] Weights)[] _filters;

    /// <summary>Prepares window and filters.</summary>
    /// <param name="options">Framing, bands and floor; they keep <see cref="FeatureRules"/>.</param>
    public LaneLogMel(FeatureOptions options)
    {
        _options = options;
        _window = [.. Stft.Hann(options.FftSize).Select(w => (float)w)];
        _filters = MelFilterBank.Sparse(options);
    }

    private static int Lanes => RealFft<float>.Lanes;

    /// <summary>Whether the FFT size is supported: a power of two, at least the number of lanes.</summary>
    public static bool Takes(FeatureOptions options) => options.FftSize >= Lanes && BitOperations.IsPow2(options.FftSize);

    /// <summary>Computes one clip.</summary>
    /// <param name="clip">Mono sound at the options' rate, at least half a frame plus one sample.</param>
    /// <returns>1 + samples / hop frames of <see cref="FeatureOptions.Mels"/> levels in dB, at most TopDb below the loudest.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float[] Of(ReadOnlySpan<float> clip)
    {
        int side = _options.FftSize / 2, hop = _options.Hop, mels = _filters.Length, frames = 1 + clip.Length / hop;

        // Silence after the last frame, so that every group of lanes is full.
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
                // Not TensorPrimitives' logarithm: it runs unoptimised for the first seconds of a program, and this whole computation then
                // takes seven times as long.
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
