using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SpeechEmotion.Features;

/// <summary>Between frames that lie one behind the other in memory and vectors that hold a frame in each lane, sixteen by sixteen values in registers:
/// moved value by value, they took as long as their Fourier transforms.</summary>
internal static class LaneTiles
{
    /// <summary>Where the lanes of two rows come from, half a block apart, when the quarters off the block's diagonal change places: below 16 from the first
    /// row, from there on from the second. Blocks of 16, 8, 4 and 2.</summary>
    private static readonly (Vector512<int> First, Vector512<int> Second)[] Moves = [.. new[] { 8, 4, 2, 1 }.Select(half => (
        Vector512.Create([.. Enumerable.Range(0, Lanes).Select(lane => (lane & half) == 0 ? lane : Lanes + (lane ^ half))]),
        Vector512.Create([.. Enumerable.Range(0, Lanes).Select(lane => (lane & half) == 0 ? lane ^ half : Lanes + lane)])))];

    private static int Lanes => Vector512<float>.Count;

    /// <summary>Weighs sixteen frames and deals them to the lanes of a transform, even samples to the real parts and odd ones to the imaginary parts.</summary>
    /// <param name="sound">The frames.</param>
    /// <param name="apart">Samples from a frame's start to the next one's.</param>
    /// <param name="window">A weight a sample; whole tiles of them.</param>
    /// <param name="fft">Of the window's size.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Deal(ReadOnlySpan<float> sound, int apart, ReadOnlySpan<float> window, RealFft<float> fft)
    {
        Span<Vector512<float>> even = MemoryMarshal.Cast<float, Vector512<float>>(fft.Re), odd = MemoryMarshal.Cast<float, Vector512<float>>(fft.Im);
        Span<Vector512<float>> tile = stackalloc Vector512<float>[Lanes];
        for (int k = 0; k < window.Length; k += Lanes)
        {
            Vector512<float> weights = Vector512.Create(window[k..]);
            for (int lane = 0; lane < Lanes; lane++)
            {
                tile[lane] = Vector512.Create(sound[(lane * apart + k)..]) * weights;
            }

            Turn(tile);
            for (int i = 0; i < Lanes / 2; i++)
            {
                even[k / 2 + i] = tile[2 * i];
                odd[k / 2 + i] = tile[2 * i + 1];
            }
        }
    }

    /// <summary>Collects frames from the lanes, one behind the other.</summary>
    /// <param name="values">Value k of every frame at k; whole tiles of them.</param>
    /// <param name="frames">Takes the first frames, as many as it has room for.</param>
    /// <param name="width">Values of a frame; those behind are left.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Collect(ReadOnlySpan<Vector512<float>> values, Span<float> frames, int width)
    {
        int count = Math.Min(Lanes, frames.Length / width);
        Span<Vector512<float>> tile = stackalloc Vector512<float>[Lanes];
        ReadOnlySpan<float> turned = MemoryMarshal.Cast<Vector512<float>, float>(tile);
        for (int k = 0; k < width; k += Lanes)
        {
            values.Slice(k, Lanes).CopyTo(tile);
            Turn(tile);
            for (int lane = 0; lane < count; lane++)
            {
                turned.Slice(lane * Lanes, Math.Min(Lanes, width - k)).CopyTo(frames[(lane * width + k)..]);
            }
        }
    }

    /// <summary>Turns a tile over: value j of row i and value i of row j change places.</summary>
    /// <param name="tile">Sixteen rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Turn(Span<Vector512<float>> tile)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(tile.Length, Lanes);
        if (!Avx512F.IsSupported)
        {
            TurnOneByOne(MemoryMarshal.Cast<Vector512<float>, float>(tile));
            return;
        }

        ref Vector512<float> rows = ref MemoryMarshal.GetReference(tile);
        int half = Lanes / 2;
        foreach ((Vector512<int> toFirst, Vector512<int> toSecond) in Moves)
        {
            for (int block = 0; block < Lanes; block += 2 * half)
            {
                for (int row = block; row < block + half; row++)
                {
                    Vector512<float> first = Unsafe.Add(ref rows, row), second = Unsafe.Add(ref rows, row + half);
                    Unsafe.Add(ref rows, row) = Avx512F.PermuteVar16x32x2(first, toFirst, second);
                    Unsafe.Add(ref rows, row + half) = Avx512F.PermuteVar16x32x2(first, toSecond, second);
                }
            }

            half /= 2;
        }
    }

    /// <summary>The same on any processor.</summary>
    /// <param name="tile">Sixteen rows of sixteen values.</param>
    internal static void TurnOneByOne(Span<float> tile)
    {
        for (int i = 1; i < Lanes; i++)
        {
            for (int j = 0; j < i; j++)
            {
                (tile[(i * Lanes) + j], tile[(j * Lanes) + i]) = (tile[(j * Lanes) + i], tile[(i * Lanes) + j]);
            }
        }
    }
}
