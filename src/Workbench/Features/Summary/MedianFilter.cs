using System.Runtime.Intrinsics;

namespace SpeechEmotion.Features.Summary;

/// <summary>Running medians over windows of 31 values: scipy.ndimage.median_filter(mode='reflect'), which mirrors the ends with the end
/// values repeated. Values are taken in blocks of 31, so that every window is the end of one block and the beginning of the next. The
/// smallest values of each end and each beginning are kept sorted, and the median is picked from these two lists.</summary>
internal static class MedianFilter
{
    private const int Reach = 15;
    private const int Size = 2 * Reach + 1;
    private const int Half = Reach + 1; // the median is the sixteenth of 31

    /// <summary>Computes for each value, in every lane, the median of it, the 15 values before it and the 15 after it.</summary>
    /// <param name="values">Finite values.</param>
    /// <param name="medians">Receives as many medians.</param>
    public static void Of(ReadOnlySpan<Vector512<float>> values, Span<Vector512<float>> medians)
    {
        // Index 0 of each list holds -∞, below all values, so that one value can always be taken from each list.
        Span<Vector512<float>> ends = Aligned.Vectors(stackalloc float[((Size + 1) * (Half + 1) + 1) * Vector512<float>.Count]);
        Span<Vector512<float>> beginning = Aligned.Vectors(stackalloc float[(Half + 2) * Vector512<float>.Count]);
        for (int n = 0; n <= Size; n++)
        {
            End(ends, n)[0] = Vector512.Create(float.NegativeInfinity);
        }

        beginning[0] = ends[0];
        for (int block = 0; block < values.Length; block += Size)
        {
            for (int n = 0; n < Size; n++)
            {
                Insert(End(ends, n), n, values[Mirror(block + Reach - n, values.Length)], End(ends, n + 1));
            }

            for (int n = 0; n < Math.Min(Size, values.Length - block); n++)
            {
                medians[block + n] = Median(End(ends, Size - n), Size - n, beginning, n);
                Insert(beginning, n, values[Mirror(block + Half + n, values.Length)], beginning);
            }
        }
    }

    /// <summary>The list of the smallest of a block's last n values, sorted from index 1 on.</summary>
    private static Span<Vector512<float>> End(Span<Vector512<float>> ends, int n) => ends.Slice(n * (Half + 1), Half + 1);

    /// <summary>Inserts a value into the sorted list of the smallest of n values and writes the result to `to`. Where `to` is another list,
    /// the old list is unchanged.</summary>
    private static void Insert(ReadOnlySpan<Vector512<float>> list, int n, Vector512<float> added, Span<Vector512<float>> to)
    {
        int kept = Math.Min(n, Half);
        for (int i = 1; i <= kept; i++)
        {
            Vector512<float> here = list[i];
            to[i] = Vector512.MinNative(here, added);
            added = Vector512.MaxNative(here, added);
        }

        if (kept < Half)
        {
            to[kept + 1] = added;
        }
    }

    /// <summary>The sixteenth smallest of 31 values in two sorted lists: over all i, the minimum of the larger of the first list's i-th
    /// value and the second list's (16 - i)-th.</summary>
    private static Vector512<float> Median(
        ReadOnlySpan<Vector512<float>> first, int firstCount, ReadOnlySpan<Vector512<float>> second, int secondCount)
    {
        Vector512<float> median = Vector512.Create(float.PositiveInfinity);
        for (int i = Math.Max(0, Half - secondCount); i <= Math.Min(Half, firstCount); i++)
        {
            median = Vector512.MinNative(median, Vector512.MaxNative(first[i], second[Half - i]));
        }

        return median;
    }

    private static int Mirror(int i, int count)
    {
        int within = (i % (2 * count) + 2 * count) % (2 * count);
        return Math.Min(within, 2 * count - 1 - within);
    }
}
