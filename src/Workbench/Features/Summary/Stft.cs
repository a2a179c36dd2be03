using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SpeechEmotion.Features.Summary;

/// <summary>The short-time Fourier transform and its inverse: librosa 0.7 core.stft and core.istft (centred, reflected ends; computed in
/// double precision, stored in single).</summary>
internal static class Stft
{
    /// <summary>FFT size of every feature but the constant-Q transform.</summary>
    public const int Size = 2048;

    /// <summary>Samples between frames of <see cref="Size"/>.</summary>
    public const int Hop = Size / 4;

    private static readonly double[] HannWindow = Hann(Size);

    /// <summary>Transforms with the default size, hop and periodic Hann window.</summary>
    /// <param name="sound">At least one sample.</param>
    /// <returns>1 + samples / hop frames of 1025 bins.</returns>
    public static Spectrum Forward(ReadOnlySpan<float> sound) => Forward(sound, HannWindow, Hop);

    /// <summary>Transforms with a given window and hop.</summary>
    /// <param name="sound">At least one sample.</param>
    /// <param name="window">The window, as long as a frame: a power of two from 8.</param>
    /// <param name="hop">Samples between frames.</param>
    /// <returns>1 + samples / hop frames.</returns>
    public static Spectrum Forward(ReadOnlySpan<float> sound, double[] window, int hop)
    {
        int size = window.Length, bins = size / 2 + 1, lanes = RealFft<double>.Lanes, frames = 1 + sound.Length / hop;

        // Silence after the last frame, so that every group of lanes is full.
        float[] padded = Reflect(sound, size / 2, lanes * hop);
        Spectrum spectrum = new(frames, bins);
        RealFft<double> fft = RealFft<double>.OfThread(size);
        for (int first = 0; first < frames; first += lanes)
        {
            LaneTiles<double>.Deal(padded.AsSpan(first * hop), hop, window, fft);
            fft.Forward();
            Span<float> to = spectrum.Values[(first * spectrum.Width)..];
            LaneTiles<double>.Collect(fft.ReVectors, to, bins, spectrum.Width);
            LaneTiles<double>.Collect(fft.ImVectors, to[bins..], bins, spectrum.Width);
        }

        return spectrum;
    }

    /// <summary>Reconstructs the sound of a spectrum from <see cref="Forward(ReadOnlySpan{float})"/>: overlap-added frames, divided by the
    /// sum of squared windows.</summary>
    /// <param name="spectrum">Frames of the default size.</param>
    /// <param name="length">Number of samples to return; zeros where the frames end earlier (util.fix_length).</param>
    public static float[] Inverse(Spectrum spectrum, int length)
    {
        int lanes = RealFft<double>.Lanes;
        float[] sum = new float[Size + Hop * (spectrum.Frames - 1)], weight = new float[sum.Length];
        RealFft<double> fft = RealFft<double>.OfThread(Size);
        for (int first = 0; first < spectrum.Frames; first += lanes)
        {
            ReadOnlySpan<float> frames = spectrum.Values[(first * spectrum.Width)..];
            LaneTiles<double>.Deal(frames, spectrum.Width, fft.ReVectors);
            LaneTiles<double>.Deal(frames[spectrum.Bins..], spectrum.Width, fft.ImVectors);
            fft.Inverse();
            AddFrames(fft, Math.Min(lanes, spectrum.Frames - first), sum.AsSpan(first * Hop));
        }

        for (int start = 0; start < Hop * spectrum.Frames; start += Hop)
        {
            AddSquares(weight.AsSpan(start, Size));
        }

        // Half a frame at each end holds the reflections and is left out; there, and only there, the weights may vanish.
        float[] sound = new float[length];
        int kept = Math.Min(length, sum.Length - Size);
        for (int i = 0; i < kept; i++)
        {
            sound[i] = sum[Size / 2 + i] / weight[Size / 2 + i];
        }

        return sound;
    }

    /// <summary>The periodic Hann window.</summary>
    /// <param name="size">Its length.</param>
    public static double[] Hann(int size) => [.. Enumerable.Range(0, size).Select(n => 0.5 - 0.5 * Math.Cos(2 * Math.PI * n / size))];

    /// <summary>Adds windowed frames, one hop apart. Sums are rounded to single precision frame after frame, as in librosa, because the
    /// tuning is estimated from the result. Tiles are therefore taken from the frames' ends backwards, so that a sample meets earlier
    /// frames before later ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddFrames(RealFft<double> fft, int count, Span<float> sum)
    {
        ReadOnlySpan<Vector512<double>> even = fft.ReVectors, odd = fft.ImVectors;
        ReadOnlySpan<Vector512<double>> window = MemoryMarshal.Cast<double, Vector512<double>>(HannWindow);
        Span<Vector512<double>> tile = Aligned.Vectors(stackalloc double[Vector512<double>.Count * (Vector512<double>.Count + 1)]);
        for (int k = window.Length - 1; k >= 0; k--)
        {
            for (int i = 0; i < tile.Length / 2; i++)
            {
                (tile[2 * i], tile[2 * i + 1]) = (even[k * tile.Length / 2 + i], odd[k * tile.Length / 2 + i]);
            }

            Tile<double>.Turn(tile);
            for (int lane = 0; lane < count; lane++)
            {
                Add(window[k] * tile[lane], sum[(lane * Hop + k * tile.Length)..]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddSquares(Span<float> weight)
    {
        ReadOnlySpan<Vector512<double>> window = MemoryMarshal.Cast<double, Vector512<double>>(HannWindow);
        for (int k = 0; k < window.Length; k++)
        {
            Add(window[k] * window[k], weight[(k * Vector512<double>.Count)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector512<double> values, Span<float> to) => LaneTiles<double>.Store(LaneTiles<double>.Load(to) + values, to);

    /// <summary>Pads sound with its mirror image at both ends, end samples not repeated (numpy.pad's mode `reflect`), then with zeros.
    /// Sound shorter than a side is mirrored repeatedly; a single sample is repeated.</summary>
    private static float[] Reflect(ReadOnlySpan<float> sound, int side, int zeros)
    {
        float[] padded = new float[checked(sound.Length + 2 * side + zeros)];
        sound.CopyTo(padded.AsSpan(side));
        int period = Math.Max(1, 2 * (sound.Length - 1));
        for (int i = 0; i < side; i++)
        {
            padded[side - 1 - i] = sound[Fold(-1 - i, period)];
            padded[side + sound.Length + i] = sound[Fold(sound.Length + i, period)];
        }

        return padded;
    }

    private static int Fold(int i, int period)
    {
        int within = (i % period + period) % period;
        return Math.Min(within, period - within) * (period > 1 ? 1 : 0);
    }
}
