using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SpeechEmotion.Features;

namespace SpeechEmotion.Tests;

public class LaneTilesTests
{
    [Fact]
    public void Rows_and_columns_change_places_by_the_fast_way_and_by_the_plain_one()
    {
        Turns<float>();
        Turns<double>();
    }

    private static void Turns<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int lanes = Vector512<T>.Count;
        T[] values = [.. Enumerable.Range(0, lanes * lanes).Select(T.CreateChecked)], fast = [.. values], plain = [.. values];
        Tile<T>.Turn(MemoryMarshal.Cast<T, Vector512<T>>(fast.AsSpan()));
        Tile<T>.TurnOneByOne(plain);

        T[] expected = [.. Enumerable.Range(0, lanes * lanes).Select(i => values[i % lanes * lanes + i / lanes])];
        Assert.Equal(expected, fast);
        Assert.Equal(expected, plain);
    }

    [Fact]
    public void Frames_are_weighed_and_dealt_and_a_width_that_fills_no_tile_goes_both_ways()
    {
        Deals<float>();
        Deals<double>();
    }

    private static void Deals<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int Size = 32, Apart = 5;
        int lanes = Vector512<T>.Count;
        float[] sound = [.. Enumerable.Range(0, lanes * Apart + Size).Select(i => (float)i)];
        T[] window = [.. Enumerable.Range(0, Size).Select(i => T.CreateChecked(i < 20 ? 1 + i : 0))];
        RealFft<T> fft = new(Size);
        LaneTiles<T>.Deal(sound, Apart, window, fft);
        for (int lane = 0; lane < lanes; lane++)
        {
            for (int k = 0; k < Size; k++)
            {
                Assert.Equal(T.CreateChecked(sound[lane * Apart + k]) * window[k], (k % 2 == 0 ? fft.Re : fft.Im)[k / 2 * lanes + lane]);
            }
        }

        // Three frames of 18 values that start 20 values apart; the values between them belong to no frame.
        const int Width = 18, Frames = 3, Between = 20;
        float[] frames = [.. Enumerable.Range(0, (Frames - 1) * Between + Width).Select(i => (float)i)], back = new float[frames.Length];
        Vector512<T>[] values = [.. Enumerable.Repeat(Vector512<T>.One, Width)];
        LaneTiles<T>.Deal(frames, Between, values);
        Assert.All(Enumerable.Range(0, Width * lanes), i => Assert.Equal(
            i % lanes < Frames ? T.CreateChecked(i % lanes * Between + i / lanes) : T.Zero, values[i / lanes][i % lanes]));
        LaneTiles<T>.Collect(values, back, Width, Between);
        Assert.Equal(frames.Select((value, i) => i % Between < Width ? value : 0), back);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    public void Vectors_begin_at_a_line_of_the_cache(int skipped)
    {
        float[] room = Aligned.Allocate<float>(4);
        Span<Vector512<float>> vectors = Aligned.Vectors(room.AsSpan(skipped));
        Assert.Equal(0, (long)Marshal.UnsafeAddrOfPinnedArrayElement(room, Offset(room, vectors)) % 64);
        Assert.InRange(vectors.Length, 3, 4);
        vectors.Fill(Vector512<float>.One);
        Assert.Equal(vectors.Length * 16, room.Count(v => v == 1));
    }

    private static int Offset(float[] room, Span<Vector512<float>> vectors)
    {
        vectors[0] = Vector512<float>.AllBitsSet;
        return Array.FindIndex(room, float.IsNaN);
    }
}
