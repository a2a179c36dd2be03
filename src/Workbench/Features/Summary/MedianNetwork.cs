using System.Numerics;

namespace SpeechEmotion.Features.Summary;

/// <summary>The two middle values of thirty, found by comparing and exchanging in a fixed order, so that a register's lanes do it side by side: Batcher's
/// odd-even merge sort of 32 without its ends, which would hold ±∞, and without the exchanges that the middle does not depend on.</summary>
internal static class MedianNetwork
{
    /// <summary>Values it takes.</summary>
    public const int Inputs = 30;

    private const int Wires = Inputs + 2;
    private static readonly (int Low, int High)[] Exchanges = Prune([.. Batcher()]);

    /// <summary>Finds them; the values change places.</summary>
    /// <param name="values"><see cref="Inputs"/> vectors; each lane is a set of its own.</param>
    /// <returns>In each lane the 15th and the 16th smallest.</returns>
    public static (Vector<float> Lower, Vector<float> Upper) Middle(Span<Vector<float>> values)
    {
        foreach ((int low, int high) in Exchanges)
        {
            (Vector<float> a, Vector<float> b) = (values[low], values[high]);
            values[low] = Vector.Min(a, b);
            values[high] = Vector.Max(a, b);
        }

        return (values[Inputs / 2 - 1], values[Inputs / 2]);
    }

    private static IEnumerable<(int Low, int High)> Batcher()
    {
        for (int sorted = 1; sorted < Wires; sorted *= 2)
        {
            for (int apart = sorted; apart >= 1; apart /= 2)
            {
                for (int start = apart % sorted; start + apart < Wires; start += 2 * apart)
                {
                    for (int i = start; i < Math.Min(start + apart, Wires - apart); i++)
                    {
                        if (i / (2 * sorted) == (i + apart) / (2 * sorted))
                        {
                            yield return (i, i + apart);
                        }
                    }
                }
            }
        }
    }

    private static (int Low, int High)[] Prune((int Low, int High)[] all)
    {
        HashSet<int> needed = [Wires / 2 - 1, Wires / 2];
        List<(int Low, int High)> kept = [];
        foreach ((int low, int high) in all.Reverse())
        {
            if (low > 0 && high < Wires - 1 && (needed.Contains(low) || needed.Contains(high)))
            {
                needed.UnionWith([low, high]);
                kept.Add((low - 1, high - 1));
            }
        }

        kept.Reverse();
        return [.. kept];
    }
}
