using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SpeechEmotion.Features;

/// <summary>Between frames that lie one behind the other in memory and vectors that hold a frame in each lane, in square tiles in registers: moved value by
/// value, they took as long as their Fourier transforms.</summary>
/// <typeparam name="T">What the lanes hold: float, sixteen of them, or double, eight. Memory holds float.</typeparam>
internal static class LaneTiles<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static int Lanes => Vector512<T>.Count;

    /// <summary>Weighs frames and deals them to the lanes of a transform, even samples to the real parts and odd ones to the imaginary parts.</summary>
    /// <param name="sound">As many frames as there are lanes.</param>
    /// <param name="apart">Samples from a frame's start to the next one's.</param>
    /// <param name="window">A weight a sample; whole tiles of them.</param>
    /// <param name="fft">Of the window's size.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Deal(ReadOnlySpan<float> sound, int apart, ReadOnlySpan<T> window, RealFft<T> fft)
    {
        Span<Vector512<T>> even = fft.ReVectors, odd = fft.ImVectors, tile = Aligned.Vectors(stackalloc T[Lanes * (Lanes + 1)]);
        for (int k = 0; k < window.Length; k += Lanes)
        {
            Vector512<T> weights = Vector512.Create(window[k..]);
            for (int lane = 0; lane < Lanes; lane++)
            {
                tile[lane] = Load(sound[(lane * apart + k)..]) * weights;
            }

            Turn(tile);
            for (int i = 0; i < Lanes / 2; i++)
            {
                even[k / 2 + i] = tile[2 * i];
                odd[k / 2 + i] = tile[2 * i + 1];
            }
        }
    }

    /// <summary>Deals frames as they are, value k to vector k.</summary>
    /// <param name="frames">The first frames, as many as it holds; the lanes of others stay 0.</param>
    /// <param name="apart">Values from a frame's start to the next one's.</param>
    /// <param name="values">As many as a frame has values.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Deal(ReadOnlySpan<float> frames, int apart, Span<Vector512<T>> values)
    {
        int width = values.Length, count = Count(frames.Length, width, apart);
        Span<Vector512<T>> tile = Aligned.Vectors(stackalloc T[Lanes * (Lanes + 1)]);
        scoped Span<float> padded = stackalloc float[Lanes];
        for (int k = 0; k < width; k += Lanes)
        {
            int some = Math.Min(Lanes, width - k);
            for (int lane = 0; lane < count; lane++)
            {
                scoped ReadOnlySpan<float> frame = frames.Slice(lane * apart + k, some);
                if (some < Lanes)
                {
                    frame.CopyTo(padded);
                    frame = padded;
                }

                tile[lane] = Load(frame);
            }

            tile[count..].Clear();
            Turn(tile);
            tile[..some].CopyTo(values[k..]);
        }
    }

    /// <summary>Collects frames from the lanes, vector k to value k.</summary>
    /// <param name="values">At least as many as a frame has values.</param>
    /// <param name="frames">Takes the first frames, as many as it has room for.</param>
    /// <param name="width">Values of a frame.</param>
    /// <param name="apart">Values from a frame's start to the next one's.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Collect(ReadOnlySpan<Vector512<T>> values, Span<float> frames, int width, int apart)
    {
        int count = Count(frames.Length, width, apart);
        Span<Vector512<T>> tile = Aligned.Vectors(stackalloc T[Lanes * (Lanes + 1)]);
        scoped Span<float> padded = stackalloc float[Lanes];
        for (int k = 0; k < width; k += Lanes)
        {
            int some = Math.Min(Lanes, width - k);
            values.Slice(k, some).CopyTo(tile);
            Turn(tile);
            for (int lane = 0; lane < count; lane++)
            {
                Span<float> frame = frames.Slice(lane * apart + k, some);
                Store(tile[lane], some < Lanes ? padded : frame);
                if (some < Lanes)
                {
                    padded[..some].CopyTo(frame);
                }
            }
        }
    }

    /// <summary>Turns a tile over: value j of row i and value i of row j change places.</summary>
    /// <param name="tile">As many rows as lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Turn(Span<Vector512<T>> tile)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(tile.Length, Lanes);
        if (!Avx512F.IsSupported)
        {
            TurnOneByOne(MemoryMarshal.Cast<Vector512<T>, T>(tile));
        }
        else if (typeof(T) == typeof(float))
        {
            TurnSixteen(MemoryMarshal.Cast<Vector512<T>, Vector512<float>>(tile));
        }
        else
        {
            TurnEight(MemoryMarshal.Cast<Vector512<T>, Vector512<double>>(tile));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TurnSixteen(Span<Vector512<float>> tile)
    {
        // All rows stay in registers. First every four rows within their quarters, then the quarters.
        (Vector512<double> a0, Vector512<double> a1, Vector512<double> a2, Vector512<double> a3) = Four(tile);
        (Vector512<double> b0, Vector512<double> b1, Vector512<double> b2, Vector512<double> b3) = Four(tile[4..]);
        (Vector512<double> c0, Vector512<double> c1, Vector512<double> c2, Vector512<double> c3) = Four(tile[8..]);
        (Vector512<double> d0, Vector512<double> d1, Vector512<double> d2, Vector512<double> d3) = Four(tile[12..]);
        Span<Vector512<double>> turned = MemoryMarshal.Cast<Vector512<float>, Vector512<double>>(tile);
        (turned[0], turned[4], turned[8], turned[12]) = Quarters(a0, b0, c0, d0);
        (turned[1], turned[5], turned[9], turned[13]) = Quarters(a1, b1, c1, d1);
        (turned[2], turned[6], turned[10], turned[14]) = Quarters(a2, b2, c2, d2);
        (turned[3], turned[7], turned[11], turned[15]) = Quarters(a3, b3, c3, d3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TurnEight(Span<Vector512<double>> tile)
    {
        (Vector512<double> a0, Vector512<double> a1) = (Avx512F.UnpackLow(tile[0], tile[1]), Avx512F.UnpackHigh(tile[0], tile[1]));
        (Vector512<double> b0, Vector512<double> b1) = (Avx512F.UnpackLow(tile[2], tile[3]), Avx512F.UnpackHigh(tile[2], tile[3]));
        (Vector512<double> c0, Vector512<double> c1) = (Avx512F.UnpackLow(tile[4], tile[5]), Avx512F.UnpackHigh(tile[4], tile[5]));
        (Vector512<double> d0, Vector512<double> d1) = (Avx512F.UnpackLow(tile[6], tile[7]), Avx512F.UnpackHigh(tile[6], tile[7]));
        (tile[0], tile[2], tile[4], tile[6]) = Quarters(a0, b0, c0, d0);
        (tile[1], tile[3], tile[5], tile[7]) = Quarters(a1, b1, c1, d1);
    }

    /// <summary>Turns the four by four values in each quarter of four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> First, Vector512<double> Second, Vector512<double> Third, Vector512<double> Fourth) Four(ReadOnlySpan<Vector512<float>> rows)
    {
        Vector512<double> low = Avx512F.UnpackLow(rows[0], rows[1]).AsDouble(), otherLow = Avx512F.UnpackLow(rows[2], rows[3]).AsDouble();
        Vector512<double> high = Avx512F.UnpackHigh(rows[0], rows[1]).AsDouble(), otherHigh = Avx512F.UnpackHigh(rows[2], rows[3]).AsDouble();
        return (Avx512F.UnpackLow(low, otherLow), Avx512F.UnpackHigh(low, otherLow), Avx512F.UnpackLow(high, otherHigh), Avx512F.UnpackHigh(high, otherHigh));
    }

    /// <summary>Turns the four by four quarters of four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> First, Vector512<double> Second, Vector512<double> Third, Vector512<double> Fourth) Quarters(
        Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d)
    {
        const byte Even = 0b10_00_10_00, Odd = 0b11_01_11_01; // quarters 0 and 2 of both, and 1 and 3
        Vector512<double> even = Avx512F.Shuffle4x128(a, b, Even), otherEven = Avx512F.Shuffle4x128(c, d, Even);
        Vector512<double> odd = Avx512F.Shuffle4x128(a, b, Odd), otherOdd = Avx512F.Shuffle4x128(c, d, Odd);
        return (Avx512F.Shuffle4x128(even, otherEven, Even), Avx512F.Shuffle4x128(odd, otherOdd, Even),
            Avx512F.Shuffle4x128(even, otherEven, Odd), Avx512F.Shuffle4x128(odd, otherOdd, Odd));
    }

    /// <summary>The same on any processor.</summary>
    /// <param name="tile">As many rows of values as a row has.</param>
    internal static void TurnOneByOne(Span<T> tile)
    {
        for (int i = 1; i < Lanes; i++)
        {
            for (int j = 0; j < i; j++)
            {
                (tile[i * Lanes + j], tile[j * Lanes + i]) = (tile[j * Lanes + i], tile[i * Lanes + j]);
            }
        }
    }

    /// <summary>A vector from memory.</summary>
    /// <param name="values">At least as many as lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(ReadOnlySpan<float> values)
    {
        if (typeof(T) == typeof(float))
        {
            return Vector512.Create(values).As<float, T>();
        }

        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(Vector256.Create(values));
        return Vector512.Create(lower, upper).As<double, T>();
    }

    /// <summary>A vector to memory, rounded once.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="to">Room for all lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> vector, Span<float> to)
    {
        if (typeof(T) == typeof(float))
        {
            vector.As<T, float>().CopyTo(to);
        }
        else
        {
            Vector512<double> wide = vector.As<T, double>();
            Vector256.Narrow(wide.GetLower(), wide.GetUpper()).CopyTo(to);
        }
    }

    /// <summary>Frames that are held, one a lane at most.</summary>
    private static int Count(int length, int width, int apart) => Math.Min(Lanes, 1 + (length - width) / apart);
}
