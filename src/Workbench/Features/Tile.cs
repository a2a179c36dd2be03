using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SpeechEmotion.Features;

/// <summary>Transposes a square tile: as many vectors as a vector has lanes, each holding one row. Value j of row i and value i of row j
/// change places.</summary>
/// <typeparam name="T">Type of the lanes: float (sixteen lanes) or double (eight lanes).</typeparam>
internal static class Tile<T>
    where T : unmanaged
{
    private static int Lanes => Vector512<T>.Count;

    /// <summary>Transposes a tile in place.</summary>
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
        // All rows stay in registers. First each group of four rows is transposed within its 128-bit quarters, then the quarters are.
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

    /// <summary>Transposes the 4 × 4 values in each 128-bit quarter of four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> First, Vector512<double> Second, Vector512<double> Third, Vector512<double> Fourth) Four(
        ReadOnlySpan<Vector512<float>> rows)
    {
        Vector512<double> low = Avx512F.UnpackLow(rows[0], rows[1]).AsDouble();
        Vector512<double> otherLow = Avx512F.UnpackLow(rows[2], rows[3]).AsDouble();
        Vector512<double> high = Avx512F.UnpackHigh(rows[0], rows[1]).AsDouble();
        Vector512<double> otherHigh = Avx512F.UnpackHigh(rows[2], rows[3]).AsDouble();
        return (Avx512F.UnpackLow(low, otherLow), Avx512F.UnpackHigh(low, otherLow),
            Avx512F.UnpackLow(high, otherHigh), Avx512F.UnpackHigh(high, otherHigh));
    }

    /// <summary>Transposes the 4 × 4 quarters (128 bits each) of four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> First, Vector512<double> Second, Vector512<double> Third, Vector512<double> Fourth) Quarters(
        Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d)
    {
        const byte Even = 0b10_00_10_00, Odd = 0b11_01_11_01; // quarters 0 and 2 of both operands; 1 and 3 of both
        Vector512<double> even = Avx512F.Shuffle4x128(a, b, Even), otherEven = Avx512F.Shuffle4x128(c, d, Even);
        Vector512<double> odd = Avx512F.Shuffle4x128(a, b, Odd), otherOdd = Avx512F.Shuffle4x128(c, d, Odd);
        return (Avx512F.Shuffle4x128(even, otherEven, Even), Avx512F.Shuffle4x128(odd, otherOdd, Even),
            Avx512F.Shuffle4x128(even, otherEven, Odd), Avx512F.Shuffle4x128(odd, otherOdd, Odd));
    }

    /// <summary>Transposes value by value, on any processor.</summary>
    /// <param name="tile">The rows one after another, as many as a row has values.</param>
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
}
