namespace SpeechEmotion;

/// <summary>Finds what a misspelt word was meant to be.</summary>
public static class Nearest
{
    /// <summary>The candidate that is fewest edits away (insertions, deletions, replacements and swaps of neighbours).</summary>
    /// <param name="word">What was typed.</param>
    /// <param name="candidates">What would be valid.</param>
    /// <returns>The nearest, the first among equals; null where none is near enough to be meant.</returns>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        int least = (word.Length <= 3 ? 1 : Math.Max(2, word.Length * 4 / 9)) + 1;
        foreach (string candidate in candidates)
        {
            // The distance is at least the difference in length. A word from a damaged file may be very long, so such pairs are skipped.
            if (Math.Abs(candidate.Length - word.Length) >= least)
            {
                continue;
            }

            int edits = Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (edits < least)
            {
                (best, least) = (candidate, edits);
            }
        }

        return best;
    }

    /// <summary>`; did you mean X?`, or nothing where no candidate is near.</summary>
    /// <param name="word">What was typed.</param>
    /// <param name="candidates">What would be valid.</param>
    public static string Hint(string word, IEnumerable<string> candidates) =>
        To(word, candidates) is string near ? $"; did you mean {near}?" : "";

    /// <summary>Optimal string alignment distance.</summary>
    private static int Distance(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
