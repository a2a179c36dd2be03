using System.Numerics;

namespace SpeechEmotion.Features.Summary;

/// <summary>Running medians of 31: scipy.ndimage.median_filter(mode='reflect'), which mirrors the ends with the end values repeated.</summary>
internal static class MedianFilter
{
    private const int Reach = MedianNetwork.Inputs / 2;

    /// <summary>The median of each value, the 15 in the rows above and the 15 in the rows below.</summary>
    /// <param name="values">Rows × width, row by row.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="width">Values a row.</param>
    /// <returns>As many values.</returns>
    public static float[] AcrossRows(float[] values, int rows, int width)
    {
        float[] medians = new float[values.Length];
        Span<Vector<float>> window = stackalloc Vector<float>[MedianNetwork.Inputs];
        for (int column = 0; column < width; column += Vector<float>.Count)
        {
            int count = Math.Min(Vector<float>.Count, width - column);
            for (int row = 0; row < rows; row += 2)
            {
                // Rows `row` and `row + 1` have thirty of their windows' values in common; the median with one more is that one, held between the
                // middle two.
                for (int i = 0; i < window.Length; i++)
                {
                    window[i] = Load(row - Reach + 1 + i);
                }

                (Vector<float> lower, Vector<float> upper) = MedianNetwork.Middle(window);
                Store(row, Load(row - Reach));
                if (row + 1 < rows)
                {
                    Store(row + 1, Load(row + 1 + Reach));
                }

                void Store(int at, Vector<float> last)
                {
                    Vector<float> median = Vector.Min(Vector.Max(last, lower), upper);
                    Span<float> to = medians.AsSpan(at * width + column, count);
                    if (count == Vector<float>.Count)
                    {
                        median.CopyTo(to);
                        return;
                    }

                    for (int lane = 0; lane < count; lane++)
                    {
                        to[lane] = median[lane];
                    }
                }
            }

            Vector<float> Load(int row)
            {
                ReadOnlySpan<float> from = values.AsSpan(Mirror(row, rows) * width + column, count);
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

    private static int Mirror(int i, int count)
    {
        int within = (i % (2 * count) + 2 * count) % (2 * count);
        return Math.Min(within, 2 * count - 1 - within);
    }
}
