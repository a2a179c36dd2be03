using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SpeechEmotion.Features;

/// <summary>Buffers of 64-byte vectors that start at a cache line. .NET aligns neither arrays nor stack memory to cache lines, and a vector
/// across two lines takes two accesses: Fourier transforms took up to twice as long.</summary>
internal static class Aligned
{
    private static int Line => Unsafe.SizeOf<Vector512<byte>>();

    /// <summary>Allocates pinned memory. It is garbage-collected late, so keep and reuse it.</summary>
    /// <typeparam name="T">What the lanes hold.</typeparam>
    /// <param name="vectors">Number of vectors that must fit after alignment.</param>
    public static T[] Allocate<T>(int vectors)
        where T : struct => GC.AllocateArray<T>(checked((vectors + 1) * Vector512<T>.Count), pinned: true);

    /// <summary>Returns the kept buffer where it is large enough, with its old content; otherwise allocates a new one as
    /// <see cref="Allocate"/>.</summary>
    /// <typeparam name="T">What the lanes hold.</typeparam>
    /// <param name="kept">The kept buffer; replaced where it is null or too small.</param>
    /// <param name="values">Number of values needed.</param>
    /// <returns><paramref name="values"/> values, starting at a cache line.</returns>
    public static Span<T> Reuse<T>(ref T[]? kept, int values)
        where T : struct
    {
        kept = kept?.Length >= values + Vector512<T>.Count ? kept : Allocate<T>((values + Vector512<T>.Count - 1) / Vector512<T>.Count);
        return MemoryMarshal.Cast<Vector512<T>, T>(Vectors<T>(kept))[..values];
    }

    /// <summary>As <see cref="Reuse"/>, counted in vectors.</summary>
    /// <typeparam name="T">What the lanes hold.</typeparam>
    /// <param name="kept">The kept buffer; replaced where it is null or too small.</param>
    /// <param name="vectors">Number of vectors needed.</param>
    public static Span<Vector512<T>> ReuseVectors<T>(ref T[]? kept, int vectors)
        where T : struct => MemoryMarshal.Cast<T, Vector512<T>>(Reuse(ref kept, vectors * Vector512<T>.Count));

    /// <summary>The vectors of a buffer, from its first cache-line boundary on.</summary>
    /// <typeparam name="T">What the lanes hold.</typeparam>
    /// <param name="room">Memory that does not move: on the stack or from <see cref="Allocate"/>. It must hold one vector more than
    /// needed.</param>
    /// <returns>One vector less than <paramref name="room"/> holds.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Span<Vector512<T>> Vectors<T>(Span<T> room)
        where T : struct
    {
        nint before = -(nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(room)) & (Line - 1);
        return MemoryMarshal.Cast<T, Vector512<T>>(room.Slice((int)before / Unsafe.SizeOf<T>(), room.Length - Vector512<T>.Count));
    }
}
