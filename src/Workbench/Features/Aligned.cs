using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SpeechEmotion.Features;

/// <summary>Vectors of 64 bytes that begin where a line of the cache does. A vector across two lines takes two accesses, and .NET's arrays
/// and stack begin anywhere: Fourier transforms took up to twice as long.</summary>
internal static class Aligned
{
    private static int Line => Unsafe.SizeOf<Vector512<byte>>();

    /// <summary>Memory that stays where it is. It is collected late, so it should be kept.</summary>
    /// <typeparam name="T">What the lanes hold.</typeparam>
    /// <param name="vectors">Vectors to have room for.</param>
    public static T[] Allocate<T>(int vectors)
        where T : struct => GC.AllocateArray<T>(checked((vectors + 1) * Vector512<T>.Count), pinned: true);

    /// <summary>As <see cref="Allocate"/>, but takes what is kept where that is large enough; it holds leftovers then.</summary>
    /// <typeparam name="T">What the lanes hold.</typeparam>
    /// <param name="kept">What is kept, or takes what is new.</param>
    /// <param name="values">Values wanted.</param>
    /// <returns>As many, from a line's begin on.</returns>
    public static Span<T> Reuse<T>(ref T[]? kept, int values)
        where T : struct
    {
        kept = kept?.Length >= values + Vector512<T>.Count ? kept : Allocate<T>((values + Vector512<T>.Count - 1) / Vector512<T>.Count);
        return MemoryMarshal.Cast<Vector512<T>, T>(Vectors<T>(kept))[..values];
    }

    /// <summary>As the other, by vectors.</summary>
    /// <typeparam name="T">What the lanes hold.</typeparam>
    /// <param name="kept">What is kept, or takes what is new.</param>
    /// <param name="vectors">Vectors wanted.</param>
    public static Span<Vector512<T>> ReuseVectors<T>(ref T[]? kept, int vectors)
        where T : struct => MemoryMarshal.Cast<T, Vector512<T>>(Reuse(ref kept, vectors * Vector512<T>.Count));

    /// <summary>The vectors from the first line on.</summary>
    /// <typeparam name="T">What the lanes hold.</typeparam>
    /// <param name="room">On the stack or from <see cref="Allocate"/>, so that it does not move; a vector more than wanted.</param>
    /// <returns>One vector less than <paramref name="room"/> has room for.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Span<Vector512<T>> Vectors<T>(Span<T> room)
        where T : struct
    {
        nint before = -(nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(room)) & (Line - 1);
        return MemoryMarshal.Cast<T, Vector512<T>>(room.Slice((int)before / Unsafe.SizeOf<T>(), room.Length - Vector512<T>.Count));
    }
}
