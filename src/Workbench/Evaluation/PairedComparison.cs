namespace SpeechEmotion.Evaluation;

/// <summary>Difference of two systems on the same utterances.</summary>
/// <param name="Difference">UAR of the first minus UAR of the second, -1 to 1.</param>
/// <param name="Interval">95 % interval of the difference over speakers; null with fewer than two speakers.</param>
/// <param name="PValue">Two-sided p-value of the null hypothesis that the two systems are exchangeable on every speaker. With S speakers it
/// cannot be less than 2 / 2^S where the test is exact, so five speakers never reach 0.05.</param>
/// <param name="Speakers">Number of speakers compared.</param>
public sealed record Comparison(double Difference, Interval? Interval, double PValue, int Speakers);

/// <summary>Compares two systems on the same utterances, paired over speakers: a bootstrap interval of the difference, and a permutation
/// test that swaps the two systems' predictions of whole speakers (<see cref="SignFlipTest"/>).</summary>
/// <remarks>Judge significance by the p-value, which keeps its level with any number of speakers (two equal systems, 1,000 simulated
/// studies: p at or below 0.05 in 0 % at 4 speakers, 2.5 % at 6, 3.9 % at 10, 4.0 % at 28). With few speakers, the bootstrap interval of
/// the difference excludes 0 too often (12 % at 4 speakers, 6.4 % at 6, 5.5 % at 10, 5.3 % at 28).</remarks>
public static class PairedComparison
{
    /// <summary>Compares two systems.</summary>
    /// <param name="first">Predictions of the first system; a key may occur once per seed.</param>
    /// <param name="second">Predictions of the second system over the same keys, each as often as in the first, in any order.</param>
    /// <param name="classCount">Number of classes; the larger number where the two systems answer among different classes (see
    /// <see cref="SharedClasses.Free"/>).</param>
    /// <exception cref="InputException">A system has no rows, the keys differ, or a key has a different true class or speaker.</exception>
    public static Comparison Compare(IReadOnlyList<Prediction> first, IReadOnlyList<Prediction> second, int classCount) =>
        Compare(first, second, classCount, Bootstrap.Resamples, SignFlipTest.Permutations, Bootstrap.Seed);

    /// <summary>Compares two systems with draws of the caller's.</summary>
    /// <param name="first">As in the other overload.</param>
    /// <param name="second">As in the other overload.</param>
    /// <param name="classCount">As in the other overload.</param>
    /// <param name="resamples">Bootstrap draws for the interval.</param>
    /// <param name="permutations">Random assignments in the test, if there are more than <see cref="SignFlipTest.ExactSpeakers"/>
    /// speakers.</param>
    /// <param name="seed">Seed of the bootstrap and of the test.</param>
    internal static Comparison Compare(
        IReadOnlyList<Prediction> first, IReadOnlyList<Prediction> second, int classCount, int resamples, int permutations, int seed)
    {
        if (Mismatch(first, second) is string reason)
        {
            throw new InputException(
                $"cannot compare: {reason}; compare systems on the same test utterances, with the same number of seeds");
        }

        SpeakerCounts a = new(first, classCount), b = new(second, classCount);
        int[] all = [.. Enumerable.Range(0, a.Speakers)];
        Interval? interval = Bootstrap.Percentiles(all.Length, Difference, resamples, seed, Bootstrap.Level);
        return new Comparison(Difference(all), interval, SignFlipTest.P(Shares(a, b, all), permutations, seed), all.Length);

        double Difference(int[] draw) => Metrics.Uar(a.Sum(draw), classCount) - Metrics.Uar(b.Sum(draw), classCount);
    }

    /// <summary>Each speaker's contribution to the difference in UAR. Both systems answered the same clips, so the support of a class does
    /// not change when a speaker is swapped. Recall is linear in the counts, so the swap flips the sign of that speaker's
    /// contribution.</summary>
    private static double[] Shares(SpeakerCounts a, SpeakerCounts b, int[] speakers)
    {
        int classes = a.ClassCount;
        int[] total = a.Sum(speakers);
        int[] support = [.. Enumerable.Range(0, classes).Select(c => total.AsSpan(c * classes, classes).ToArray().Sum())];
        int present = support.Count(n => n > 0);
        return [.. speakers.Select(s => Enumerable.Range(0, classes).Where(c => support[c] > 0)
            .Sum(c => (double)(a.Of(s)[c * classes + c] - b.Of(s)[c * classes + c]) / support[c] / present))];
    }

    /// <summary>Why two lists do not cover the same utterances, or null where they do.</summary>
    internal static string? Mismatch(IReadOnlyList<Prediction> first, IReadOnlyList<Prediction> second)
    {
        if (first.Count == 0 || second.Count == 0)
        {
            return $"{(first.Count == 0 ? "the first" : "the second")} system has no predictions";
        }

        Dictionary<string, List<Prediction>> left = first.GroupBy(row => row.Key).ToDictionary(group => group.Key, group => group.ToList());
        foreach (Prediction row in second)
        {
            if (!left.TryGetValue(row.Key, out List<Prediction>? rows) || rows.Count == 0)
            {
                return $"'{row.Key}' has fewer predictions of the first system than of the second";
            }

            if (rows[^1].Truth != row.Truth || rows[^1].Speaker != row.Speaker)
            {
                return $"'{row.Key}' has another class or speaker in the first system than in the second";
            }

            rows.RemoveAt(rows.Count - 1);
        }

        string? rest = left.FirstOrDefault(pair => pair.Value.Count > 0).Key;
        return rest is null ? null : $"'{rest}' has fewer predictions of the second system than of the first";
    }
}
