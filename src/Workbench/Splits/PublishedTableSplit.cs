using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;

namespace SpeechEmotion.Splits;

/// <summary>The splits of the published notebooks over their feature table (shunitavni/Speech-Emotion-Recognition). The rows of the
/// emotions' files are stacked, then split by scikit-learn's <c>train_test_split(random_state=9)</c>: the first quarter of NumPy's
/// permutation, rounded up, is the test side. The notebooks stack the emotions in different orders. The LSTM's table had no rows at the end
/// of a file that repeat earlier ones: only without them are there 1,666 test rows of 393 happy, 467 anger, 434 sad, 372 neutral.</summary>
internal static class PublishedTableSplit
{
    private const uint Seed = 9;
    private const double TestShare = 0.25;
    private static readonly string[] FlatOrder = ["anger", "happy", "sad", "neutral"], AppOrder = ["happy", "anger", "sad", "neutral"];

    /// <summary>Makes the split; validation rows are drawn from the training rows by the run's seed.</summary>
    public static Split Create(SplitOptions options, IReadOnlyList<Utterance> utterances, int seed)
    {
        string[] order = options.Kind == "published" ? FlatOrder : AppOrder;
        if (utterances.FirstOrDefault(u => u.Corpus != TableRows.CorpusName || !order.Contains(u.Label)) is Utterance other)
        {
            throw new InputException(
                $"split.kind: '{options.Kind}' is a split of the published feature table (data.table), "
                + $"and {other.Key} is no row of it; take another split.kind");
        }

        Utterance[] rows = [.. order.SelectMany(label => OfLabel(utterances, label, options.Kind == "published_lstm"))];
        int[] drawn = new NumpyRandom(Seed).Permutation(rows.Length);
        int tests = (int)Math.Ceiling(TestShare * rows.Length);
        Utterance[] test = [.. drawn[..tests].Select(i => rows[i])], rest = [.. drawn[tests..].Select(i => rows[i])];
        HashSet<string> validation = [.. Validation(options, rest, seed)];
        return new Split(
            $"{options.Kind}-0",
            SpeakersApart: false,
            [.. rest.Where(u => !validation.Contains(u.Sha256)).Select(u => u.Key)],
            [.. rest.Where(u => validation.Contains(u.Sha256)).Select(u => u.Key)],
            [.. (options.Scored == "all" ? rows : test).Select(u => u.Key)],
            Leaks: true);
    }

    private static Utterance[] OfLabel(IReadOnlyList<Utterance> utterances, string label, bool withoutRepeats)
    {
        Utterance[] rows = [.. utterances.Where(u => u.Label == label).OrderBy(u => u.Key, StringComparer.Ordinal)];
        int end = rows.Length;
        while (withoutRepeats && end > 1 && rows[..(end - 1)].Any(row => row.Sha256 == rows[end - 1].Sha256))
        {
            end--;
        }

        return rows[..end];
    }

    private static IEnumerable<string> Validation(SplitOptions options, Utterance[] rest, int seed)
    {
        string[] sounds = [.. rest.Select(u => u.Sha256).Distinct()];
        new Random(Seeds.Of(seed, "validation rows")).Shuffle(sounds);
        return sounds.Take((int)Math.Round(options.Validation * sounds.Length));
    }
}
