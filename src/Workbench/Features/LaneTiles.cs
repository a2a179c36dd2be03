using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpeechEmotion.Features;

/// <summary>Converts between frames stored one after another in memory and vectors that hold one frame per lane. It transposes square tiles
/// in registers: moving value by value took as long as the Fourier transforms.</summary>
/// <typeparam name="T">Type of the lanes: float (sixteen lanes) or double (eight lanes). Memory always holds float.</typeparam>
internal static class LaneTiles<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static int Lanes => Vector512<T>.Count;

    /// <summary>Multiplies frames by a window and loads them into a transform, one frame per lane: even samples into the real parts, odd
    /// ones into the imaginary parts.</summary>
    /// <param name="sound">Sound of at least as many frames as there are lanes.</param>
    /// <param name="apart">Samples from one frame's start to the next.</param>
    /// <param name="window">One weight per sample; the length must be a multiple of the number of lanes.</param>
    /// <param name="fft">Transform of the window's size.</param>
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

    /// <summary>Loads frames without a window, one per lane: value k of every frame goes to vector k.</summary>
    /// <param name="frames">The frames; those beyond the number of lanes are ignored, and lanes without a frame are set to 0.</param>
    /// <param name="apart">Values from one frame's start to the next.</param>
    /// <param name="values">Receives the vectors, one for each value of a frame.</param>
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

    /// <summary>Stores the frames of the lanes in memory: vector k gives value k of every frame.</summary>
    /// <param name="values">The vectors, at least one for each value of a frame.</param>
    /// <param name="frames">Receives the frames of the first lanes, as many as it has room for.</param>
    /// <param name="width">Values per frame.</param>
    /// <param name="apart">Values from one frame's start to the next.</param>
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

    /// <summary>Loads a vector from memory.</summary>
    /// <param name="values">At least as many values as lanes.</param>
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

    /// <summary>Stores a vector in memory; doubles are rounded to float once.</summary>
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

    /// <summary>Number of frames in the memory, at most one per lane.</summary>
    private static int Count(int length, int width, int apart) => Math.Min(Lanes, 1 + (length - width) / apart);
}
