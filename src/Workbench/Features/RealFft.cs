using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SpeechEmotion.Features;

/// <summary>Fourier transforms of several real frames at once, one in each lane of a vector register. One instance serves one thread. Lanes
/// never mix, so a silent frame beside a loud one stays exactly silent. Stockham's radix-4 transform of half the size (even samples are the
/// real part, odd ones the imaginary part) is followed by the split into the bins of the whole size. The loops are compiled fully optimised
/// from the start: a program that answers for one clip ends before the runtime would recompile them.</summary>
/// <typeparam name="T">double, or float, which takes half the time.</typeparam>
internal sealed class RealFft<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private static readonly ConcurrentDictionary<int, (T Real, T Imaginary)[]> Roots = new();

    [ThreadStatic]
    private static Dictionary<int, RealFft<T>>? own;

    private readonly (T Real, T Imaginary)[] _roots; // exp(-2πi k / size), k up to three quarters of the size
    private readonly int _half;
    private T[] _re, _im, _nextRe, _nextIm; // of whole vectors, aligned

    /// <summary>Prepares buffers.</summary>
    /// <param name="size">Samples per frame, a power of two from 4.</param>
    public RealFft(int size)
    {
        _half = size / 2;
        _roots = Roots.GetOrAdd(size, n =>
            [.. Enumerable.Range(0, 3 * n / 4 + 1)
                .Select(k => -2 * Math.PI * k / n)
                .Select(angle => (T.CreateTruncating(Math.Cos(angle)), T.CreateTruncating(Math.Sin(angle))))]);
        (_re, _im, _nextRe, _nextIm) = (New(), New(), New(), New());

        T[] New() => Aligned.Allocate<T>(_half + 1);
    }

    /// <summary>The calling thread's instance for a size, kept because its buffers are worth reusing.</summary>
    /// <param name="size">Samples per frame, a power of two from 4.</param>
    public static RealFft<T> OfThread(int size)
    {
        own ??= [];
        return own.TryGetValue(size, out RealFft<T>? fft) ? fft : own[size] = new RealFft<T>(size);
    }

    /// <summary>Number of frames transformed at once.</summary>
    public static int Lanes => Vector512<T>.Count;

    /// <summary>Real parts: value k of lane l is at k · <see cref="Lanes"/> + l. They hold the even samples, or bins 0 to size / 2. Get
    /// them anew after each transform, because the buffers change places.</summary>
    public Span<T> Re => MemoryMarshal.Cast<Vector512<T>, T>(ReVectors);

    /// <summary>Imaginary parts, laid out as <see cref="Re"/>. They hold the odd samples, or bins 0 to size / 2.</summary>
    public Span<T> Im => MemoryMarshal.Cast<Vector512<T>, T>(ImVectors);

    /// <summary><see cref="Re"/> as vectors, one per value.</summary>
    public Span<Vector512<T>> ReVectors => Aligned.Vectors<T>(_re);

    /// <summary><see cref="Im"/> as vectors, one per value.</summary>
    public Span<Vector512<T>> ImVectors => Aligned.Vectors<T>(_im);

    /// <summary>Transforms samples to bins 0 to size / 2, unscaled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward()
    {
        Transform(_half);
        Span<Vector512<T>> re = ReVectors, im = ImVectors;
        (re[_half], im[_half]) = (re[0], im[0]);
        for (int k = 0; k <= _half / 2; k++)
        {
            ((re[k], im[k]), (re[_half - k], im[_half - k])) = Bins(re, im, k);
        }
    }

    /// <summary>Transforms samples to the power of bins 0 to size / 2, re² + im², in the real parts; the imaginary parts become
    /// 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ForwardPower()
    {
        Transform(_half);
        Span<Vector512<T>> re = ReVectors, im = ImVectors;
        (re[_half], im[_half]) = (re[0], im[0]);
        for (int k = 0; k <= _half / 2; k++)
        {
            ((Vector512<T> thisRe, Vector512<T> thisIm), (Vector512<T> otherRe, Vector512<T> otherIm)) = Bins(re, im, k);
            (re[k], re[_half - k]) = (thisRe * thisRe + thisIm * thisIm, otherRe * otherRe + otherIm * otherIm);
            (im[k], im[_half - k]) = (Vector512<T>.Zero, Vector512<T>.Zero);
        }
    }

    /// <summary>Transforms bins 0 to size / 2 to samples, scaled by 1 / size as numpy.fft.irfft does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Inverse()
    {
        Span<Vector512<T>> re = ReVectors, im = ImVectors;
        Vector512<T> scale = Vector512.Create(T.CreateTruncating(0.5 / _half));
        im[0] = im[_half] = Vector512<T>.Zero; // these are zero for a real signal
        for (int k = 0; k <= _half / 2; k++)
        {
            int j = _half - k;
            (T Real, T Imaginary) root = _roots[k];
            Vector512<T> evenRe = (re[k] + re[j]) * scale, evenIm = (im[k] - im[j]) * scale;
            Vector512<T> turnedRe = (re[k] - re[j]) * scale, turnedIm = (im[k] + im[j]) * scale;
            Vector512<T> oddRe = turnedRe * root.Real + turnedIm * root.Imaginary;
            Vector512<T> oddIm = turnedIm * root.Real - turnedRe * root.Imaginary;

            // The inverse is the forward transform with real and imaginary parts swapped.
            (re[k], im[k]) = (evenIm + oddRe, evenRe - oddIm);
            (re[j], im[j]) = (oddRe - evenIm, evenRe + oddIm);
        }

        Transform(_half);
        (_re, _im) = (_im, _re);
    }

    /// <summary>Bins k and size / 2 - k of the whole size, from those of the transform of half the size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ((Vector512<T> Re, Vector512<T> Im) First, (Vector512<T> Re, Vector512<T> Im) Second) Bins(
        ReadOnlySpan<Vector512<T>> values, ReadOnlySpan<Vector512<T>> imaginary, int k)
    {
        Vector512<T> half = Vector512.Create(T.CreateTruncating(0.5));
        Vector512<T> re = values[k], im = imaginary[k], otherRe = values[_half - k], otherIm = imaginary[_half - k];
        Vector512<T> evenRe = (re + otherRe) * half, evenIm = (im - otherIm) * half;
        (Vector512<T> turnedRe, Vector512<T> turnedIm) = Times((im + otherIm) * half, (otherRe - re) * half, _roots[k]);
        return ((evenRe + turnedRe, evenIm + turnedIm), (evenRe - turnedRe, turnedIm - evenIm));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Transform(int count)
    {
        int length = count, stride = 1;
        for (; length > 2; length /= 4, stride *= 4)
        {
            Quarter(length / 4, stride);
            Swap();
        }

        if (length == 2)
        {
            ReadOnlySpan<Vector512<T>> re = ReVectors, im = ImVectors;
            Span<Vector512<T>> toRe = Aligned.Vectors<T>(_nextRe), toIm = Aligned.Vectors<T>(_nextIm);
            for (int q = 0; q < stride; q++)
            {
                (toRe[q], toIm[q]) = (re[q] + re[q + stride], im[q] + im[q + stride]);
                (toRe[q + stride], toIm[q + stride]) = (re[q] - re[q + stride], im[q] - im[q + stride]);
            }

            Swap();
        }
    }

    /// <summary>One radix-4 pass.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Quarter(int quarter, int stride)
    {
        ReadOnlySpan<Vector512<T>> re = ReVectors, im = ImVectors;
        Span<Vector512<T>> nextRe = Aligned.Vectors<T>(_nextRe), nextIm = Aligned.Vectors<T>(_nextIm);
        int apart = quarter * stride;
        for (int p = 0; p < quarter; p++)
        {
            ((T, T) one, (T, T) two, (T, T) three) = (_roots[2 * p * stride], _roots[4 * p * stride], _roots[6 * p * stride]);
            Span<Vector512<T>> toRe = nextRe.Slice(4 * p * stride, 4 * stride), toIm = nextIm.Slice(4 * p * stride, 4 * stride);
            for (int q = 0; q < stride; q++)
            {
                int a = p * stride + q, b = a + apart, c = b + apart, d = c + apart;
                Vector512<T> sumRe = re[a] + re[c], sumIm = im[a] + im[c], differenceRe = re[a] - re[c], differenceIm = im[a] - im[c];
                Vector512<T> otherRe = re[b] + re[d], otherIm = im[b] + im[d], turnedRe = im[b] - im[d], turnedIm = re[d] - re[b];
                (toRe[q], toIm[q]) = (sumRe + otherRe, sumIm + otherIm);
                (toRe[q + stride], toIm[q + stride]) = Times(differenceRe + turnedRe, differenceIm + turnedIm, one);
                (toRe[q + 2 * stride], toIm[q + 2 * stride]) = Times(sumRe - otherRe, sumIm - otherIm, two);
                (toRe[q + 3 * stride], toIm[q + 3 * stride]) = Times(differenceRe - turnedRe, differenceIm - turnedIm, three);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<T> Re, Vector512<T> Im) Times(Vector512<T> re, Vector512<T> im, (T Real, T Imaginary) root) =>
        (re * root.Real - im * root.Imaginary, re * root.Imaginary + im * root.Real);

    private void Swap()
    {
        (_re, _nextRe) = (_nextRe, _re);
        (_im, _nextIm) = (_nextIm, _im);
    }
}
