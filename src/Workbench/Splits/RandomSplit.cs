using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;

namespace SpeechEmotion.Splits;

/// <summary>The split of most student work: clips at random, so that speakers are on every side. Kept to show by how much this overstates
/// results.</summary>
internal static class RandomSplit
{
    /// <summary>Distributes clips over folds: clips with the same sound stay together, and each corpus and label is spread over the
    /// folds.</summary>
    public static Split Create(SplitOptions options, IReadOnlyList<Utterance> utterances, int seed)
    {
        Random random = new(Seeds.Of(seed, "random split"));
        IGrouping<string, Utterance>[] sounds = [.. utterances.GroupBy(u => u.Sound).OrderBy(g => g.Key, StringComparer.Ordinal)];
        random.Shuffle(sounds);
        sounds = [.. sounds.OrderBy(s => (s.First().Corpus, s.First().Label))];
        ILookup<bool, IGrouping<string, Utterance>> tested = sounds
            .Select((sound, i) => (sound, Test: i % options.Folds == options.Fold)).ToLookup(p => p.Test, p => p.sound);
        IGrouping<string, Utterance>[] rest = [.. tested[false]];
        HashSet<string> validation = [.. rest
            .Where((_, i) => Math.Floor((i + 1) * options.Validation) > Math.Floor(i * options.Validation))
            .Select(s => s.Key)];
        HashSet<string> test = [.. tested[true].Select(s => s.Key)];
        return new Split(
            $"random-{options.Fold}",
            false,
            [.. utterances.Where(u => !test.Contains(u.Sound) && !validation.Contains(u.Sound)).Select(u => u.Key)],
            [.. utterances.Where(u => validation.Contains(u.Sound)).Select(u => u.Key)],
            [.. utterances.Where(u => test.Contains(u.Sound)).Select(u => u.Key)]);
    }
}
