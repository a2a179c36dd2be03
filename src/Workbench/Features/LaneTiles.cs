using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SpeechEmotion.Features;

/// <summary>Between frames that lie one behind the other in memory and vectors that hold a frame in each lane, in square tiles in
/// registers: moved value by value, they took as long as their Fourier transforms.</summary>
/// <typeparam name="T">What the lanes hold: float, sixteen of them, or double, eight. Memory holds float.</typeparam>
internal static class LaneTiles<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static int Lanes => Vector512<T>.Count;

    /// <summary>Weighs frames and deals them to the lanes of a transform, even samples to the real parts and odd ones to
    /// the imaginary parts.</summary>
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

            Tile<T>.Turn(tile);
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
            Tile<T>.Turn(tile);
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
            Tile<T>.Turn(tile);
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
