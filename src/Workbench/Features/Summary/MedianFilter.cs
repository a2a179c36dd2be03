using System.Numerics;

namespace SpeechEmotion.Features.Summary;

/// <summary>Running medians of 31: scipy.ndimage.median_filter(mode='reflect'), which mirrors the ends with the end values repeated. A
/// window is kept in order while it moves, for as many columns side by side as a vector register has lanes.</summary>
internal static class MedianFilter
{
    private const int Reach = 15;
    private const int Size = 2 * Reach + 1;

    /// <summary>The median of each value, the 15 in the rows above and the 15 in the rows below.</summary>
    /// <param name="values">Finite values; its frames are the rows.</param>
    /// <returns>As many values.</returns>
    public static Plane AcrossRows(Plane values)
    {
        (int rows, int width) = (values.Frames, values.Width);
        Plane medians = new(rows, width);
        Span<Vector<float>> window = stackalloc Vector<float>[Size + 1]; // and +∞, so that each has a next
        for (int column = 0; column < width; column += Vector<float>.Count)
        {
            int count = Math.Min(Vector<float>.Count, width - column);
            window.Fill(Vector<float>.One / Vector<float>.Zero);
            for (int row = -Reach; row <= Reach; row++)
            {
                Replace(window, window[Size], Load(row));
            }

            for (int row = 0; row < rows; row++)
            {
                Store(window[Reach], medians.Frame(row).Slice(column, count));
                Replace(window, Load(row - Reach), Load(row + Reach + 1));
            }

            Vector<float> Load(int row)
            {
                ReadOnlySpan<float> from = values.Frame(Mirror(row, rows)).Slice(column, count);
                if (count == Vector<float>.Count)
                {
                    return new Vector<float>(from);
                }

                Span<float> padded = stackalloc float[Vector<float>.Count];
                from.CopyTo(padded);
                return new Vector<float>(padded);
            }
        }

        return medians;
    }

    /// <summary>Takes one value out of ordered ones and puts another in: those from the first equal one on move up by one, and each place
    /// then holds the new value, or its own or its neighbour's where that lies between.</summary>
    private static void Replace(Span<Vector<float>> ordered, Vector<float> old, Vector<float> added)
    {
        Vector<float> before = -ordered[Size];
        Vector<float> current = ordered[0];
        for (int i = 0; i < ordered.Length - 1; i++)
        {
            Vector<float> next = ordered[i + 1];
            Vector<float> left = Vector.ConditionalSelect(Vector.GreaterThanOrEqual(current, old), next, current);
            ordered[i] = Vector.MaxNative(before, Vector.MinNative(added, left));
            (before, current) = (left, next);
        }
    }

    private static void Store(Vector<float> vector, Span<float> to)
    {
        if (to.Length == Vector<float>.Count)
        {
            vector.CopyTo(to);
            return;
        }

        for (int lane = 0; lane < to.Length; lane++)
        {
            to[lane] = vector[lane];
        }
    }

    private static int Mirror(int i, int count)
    {
        int within = (i % (2 * count) + 2 * count) % (2 * count);
        return Math.Min(within, 2 * count - 1 - within);
    }
}
