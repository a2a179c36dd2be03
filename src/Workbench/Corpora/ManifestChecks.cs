namespace SpeechEmotion.Corpora;

/// <summary>Checks a manifest as a whole: published counts, and sounds that occur twice.</summary>
public static class ManifestChecks
{
    /// <summary>Checks utterances.</summary>
    /// <param name="utterances">The usable files.</param>
    /// <returns>Findings; an error where one sound has two labels or two speakers.</returns>
    public static IEnumerable<Finding> Of(IReadOnlyList<Utterance> utterances)
    {
        foreach (IGrouping<string, Utterance> corpus in utterances.GroupBy(u => u.Corpus))
        {
            int published = CorpusCatalog.Find(corpus.Key)?.PublishedCount ?? 0;
            if (published > 0 && corpus.Count() != published)
            {
                yield return new Finding(Severity.Warning, corpus.Key, $"{corpus.Count()} usable files, where {published} are published");
            }
        }

        foreach (IGrouping<string, Utterance> sound in utterances.GroupBy(u => u.Sha256).Where(g => g.Count() > 1))
        {
            string keys = string.Join(", ", sound.Select(u => u.Key));
            bool differ = sound.Select(u => (u.Speaker, u.Label)).Distinct().Count() > 1;
            yield return differ
                ? new Finding(Severity.Error, sound.First().Corpus, $"{keys} are one sound under different speakers or labels; fetch them again or remove them")
                : new Finding(Severity.Info, sound.First().Corpus, $"{keys} are one sound; all are kept, on one side of any split");
        }
    }
}
