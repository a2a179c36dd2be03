using SpeechEmotion.Reporting;

namespace SpeechEmotion.Corpora;

/// <summary>A file that a corpus claims.</summary>
/// <param name="Row">Its row, whether it can be used or not.</param>
/// <param name="Fault">Why it cannot be used, or null.</param>
internal sealed record ScannedFile(Utterance Row, string? Fault);

/// <summary>Selects from the files that were found the utterances that can be trusted, and adds what it notices to the
/// findings.</summary>
internal static class ManifestChecks
{
    /// <summary>How many left-out files of a corpus are named one by one; the rest are counted.</summary>
    private const int Named = 5;

    /// <summary>Takes each clip once, from its first usable path: mirrors may hold clips twice (Kaggle's RAVDESS and TESS do).</summary>
    public static ScannedFile[] Once(IEnumerable<ScannedFile> files, List<Finding> findings)
    {
        ScannedFile[][] clips = [.. files.GroupBy(f => f.Row.Key).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g.OrderBy(f => f.Fault is not null).ThenBy(f => f.Row.Path, StringComparer.Ordinal).ToArray())];
        foreach (var copied in clips.Where(c => c.Length > 1)
            .GroupBy(c => (c[0].Row.Corpus, Same: c.All(f => f.Row.Sound == c[0].Row.Sound))))
        {
            ScannedFile[] first = copied.First();
            findings.Add(new Finding(
                copied.Key.Same ? Severity.Info : Severity.Warning,
                copied.Key.Corpus,
                $"{ReportText.Plural(copied.Count(), "clip")} {(copied.Count() == 1 ? "is" : "are")} there more than once"
                + $"{(copied.Key.Same ? "" : " with different content")}, "
                + $"such as {first[1].Row.Path}; {first[0].Row.Path} and its like are taken"));
        }

        return [.. clips.Select(c => c[0])];
    }

    /// <summary>Leaves out what is unreadable, silent or too short.</summary>
    public static IEnumerable<Utterance> Usable(ScannedFile[] files, List<Finding> findings)
    {
        foreach (IGrouping<string, ScannedFile> corpus in files.Where(f => f.Fault is not null).GroupBy(f => f.Row.Corpus))
        {
            findings.AddRange(corpus.Take(Named)
                .Select(f => new Finding(Severity.Warning, corpus.Key, $"{f.Row.Path} is left out: {f.Fault}")));
            if (corpus.Count() - Named is int more and > 0)
            {
                ScannedFile last = corpus.Last();
                findings.Add(new Finding(Severity.Warning, corpus.Key,
                    $"{more:N0} more {(more == 1 ? "file is" : "files are")} left out, the last being {last.Row.Path}: {last.Fault}"));
            }
        }

        return files.Where(f => f.Fault is null).Select(f => f.Row);
    }

    /// <summary>Warns of clips that were cut short, as by a copy that broke off. They are kept: what is left of most is usable.</summary>
    public static IEnumerable<Finding> CutShort(IEnumerable<(Utterance Row, SoundFacts Facts)> clips) =>
        clips.Where(clip => clip.Facts.MissingBytes > 0).GroupBy(clip => clip.Row.Corpus).Select(corpus => new Finding(
            Severity.Warning, corpus.Key,
            $"clips hold less sound than their headers tell of: {corpus.Count():N0}, such as {corpus.First().Row.Path}, which lacks "
            + $"{corpus.First().Facts.MissingBytes:N0} bytes; copy them again"));

    /// <summary>Treats sounds that occur under several keys. With one speaker and label, all are kept, and a split keeps them on one side.
    /// Known faults of the published corpus are left out. Anything else is an error.</summary>
    public static Utterance[] Sound(Utterance[] utterances, List<Finding> findings)
    {
        HashSet<Utterance> left = [];
        foreach (IGrouping<string, Utterance> sound in utterances.GroupBy(u => u.Sound).Where(g => g.Count() > 1))
        {
            string keys = string.Join(", ", sound.Select(u => u.Key));
            if (sound.Select(u => (u.Speaker, u.Label)).Distinct().Count() == 1)
            {
                findings.Add(new Finding(Severity.Info, sound.First().Corpus,
                    $"{keys} are one sound; all are kept, on one side of any split"));
            }
            else if (sound.All(u => PublishedFaults.TwoLabels.Contains(u.Key)))
            {
                left.UnionWith(sound);
                findings.Add(new Finding(Severity.Warning, sound.First().Corpus,
                    $"{keys} are one sound under different labels, as published; all are left out, since the label cannot be known"));
            }
            else
            {
                findings.Add(new Finding(Severity.Error, sound.First().Corpus,
                    $"{keys} are one sound under different speakers or labels; fetch them again or remove them"));
            }
        }

        return [.. utterances.Where(u => !left.Contains(u))];
    }

    /// <summary>Compares the number of clips of each label on disk, each clip counted once, with the published number.</summary>
    public static IEnumerable<Finding> Whole(IEnumerable<ICorpus> corpora, ScannedFile[] once)
    {
        foreach (ICorpus corpus in corpora)
        {
            Dictionary<string, int> found = once.Where(f => f.Row.Corpus == corpus.Name).CountBy(f => f.Row.Label).ToDictionary();
            string[] off =
            [
                .. from label in corpus.Labels
                   let clips = found.GetValueOrDefault(label.Key)
                   where clips != label.Value
                   select $"{label.Key} {clips:N0} of {label.Value:N0}",
            ];
            if (off.Length > 0)
            {
                yield return new Finding(Severity.Warning, corpus.Name,
                    $"{ReportText.Plural(found.Values.Sum(), "file")}, where {corpus.PublishedCount:N0} are published "
                    + $"({string.Join(", ", off)})");
            }
        }
    }
}
