using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SpeechEmotion.Features;

namespace SpeechEmotion.Tests;

public class LaneTilesTests
{
    private const int Lanes = 16;

    [Fact]
    public void Rows_and_columns_change_places_by_the_fast_way_and_by_the_plain_one()
    {
        float[] values = [.. Enumerable.Range(0, Lanes * Lanes).Select(i => (float)i)], fast = [.. values], plain = [.. values];
        LaneTiles.Turn(MemoryMarshal.Cast<float, Vector512<float>>(fast.AsSpan()));
        LaneTiles.TurnOneByOne(plain);

        float[] expected = [.. Enumerable.Range(0, Lanes * Lanes).Select(i => values[i % Lanes * Lanes + i / Lanes])];
        Assert.Equal(expected, fast);
        Assert.Equal(expected, plain);
    }

    [Fact]
    public void Frames_are_weighed_and_dealt_and_a_width_that_fills_no_tile_is_collected()
    {
        const int Size = 32, Apart = 5;
        float[] sound = [.. Enumerable.Range(0, Lanes * Apart + Size).Select(i => (float)i)], window = [.. Enumerable.Range(0, Size).Select(i => i < 20 ? 1f + i : 0)];
        RealFft<float> fft = new(Size);
        LaneTiles.Deal(sound, Apart, window, fft);
        for (int lane = 0; lane < Lanes; lane++)
        {
            for (int k = 0; k < Size; k++)
            {
                Assert.Equal(sound[lane * Apart + k] * window[k], (k % 2 == 0 ? fft.Re : fft.Im)[k / 2 * Lanes + lane]);
            }
        }

        const int Width = 18, Frames = 3;
        Vector512<float>[] values = [.. Enumerable.Range(0, Size).Select(k => Vector512.Create([.. Enumerable.Range(0, Lanes).Select(lane => 100f * lane + k)]))];
        float[] frames = new float[Frames * Width];
        LaneTiles.Collect(values, frames, Width);
        Assert.Equal(Enumerable.Range(0, Frames * Width).Select(i => 100f * (i / Width) + i % Width), frames);
    }
}
