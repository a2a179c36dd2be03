namespace SpeechEmotion.Corpora;

/// <summary>Finds the corpora below a folder, whatever their layout there, and makes the manifest.</summary>
public static class CorpusScanner
{
    /// <summary>Below this peak a file holds no sound.</summary>
    private const float SilentPeak = 1e-4f;

    private const double LeastSeconds = 0.1;
    private static readonly HashSet<string> Endings = new(StringComparer.OrdinalIgnoreCase) { ".wav", ".flac", ".ogg", ".mp3", ".aif", ".aiff" };

    /// <summary>Scans a folder.</summary>
    /// <param name="root">The data folder.</param>
    /// <param name="corpora">Corpora to look for; empty looks for all and takes what is there.</param>
    /// <param name="known">Facts of an earlier scan by relative path; brought up to date.</param>
    /// <param name="progress">Hears files done, of how many.</param>
    /// <returns>The manifest, in key order, and the findings.</returns>
    /// <exception cref="InputException">The folder or a corpus that was asked for is missing.</exception>
    public static ScanReport Scan(string root, IReadOnlyList<string> corpora, IDictionary<string, SoundFacts> known, Action<int, int>? progress = null)
    {
        string full = Path.GetFullPath(root);
        if (!Directory.Exists(full))
        {
            throw new InputException($"{root}: no such folder; give the folder that holds the corpora with --data DIR or data.root");
        }

        ICorpus[] wanted = [.. (corpora.Count == 0 ? CorpusCatalog.All.Select(c => c.Name) : corpora).Select(Find)];
        List<Finding> findings = [];
        Candidate[] candidates = [.. Candidates(full, wanted).OrderBy(c => c.Key, StringComparer.Ordinal).ThenBy(c => c.Path, StringComparer.Ordinal)];
        SoundFacts[] facts = new SoundFacts[candidates.Length];
        int done = 0;
        Parallel.For(0, candidates.Length, i =>
        {
            facts[i] = SoundFacts.Of(Path.Combine(full, candidates[i].Path), known.TryGetValue(candidates[i].Path, out SoundFacts? old) ? old : null);
            progress?.Invoke(Interlocked.Increment(ref done), candidates.Length);
        });

        known.Clear();
        List<Utterance> utterances = [];
        Utterance? last = null;
        foreach ((Candidate candidate, SoundFacts fact) in candidates.Zip(facts))
        {
            known[candidate.Path] = fact;
            if (Fault(fact) is string fault)
            {
                findings.Add(new Finding(Severity.Warning, candidate.Corpus.Name, $"{candidate.Path} is left out: {fault}"));
                continue;
            }

            if (last?.Key == candidate.Key)
            {
                findings.Add(Twice(candidate, fact, last));
                continue;
            }

            utterances.Add(last = new Utterance(
                candidate.Key, candidate.Corpus.Name, candidate.Path, fact.Sha256, $"{candidate.Corpus.Name}/{candidate.Entry.Speaker}",
                candidate.Entry.Sex, candidate.Entry.Label, fact.Seconds, fact.SampleRate));
        }

        ICorpus[] absent = [.. wanted.Where(c => !utterances.Any(u => u.Corpus == c.Name))];
        if (utterances.Count == 0 || (corpora.Count > 0 && absent.Length > 0))
        {
            string there = string.Join(", ", utterances.Select(u => u.Corpus).Distinct());
            throw new InputException(
                $"{root}: no usable files of {string.Join(", ", absent.Select(c => c.Name))} below it ({(there.Length > 0 ? "it holds " + there : "it holds none of the known corpora")}); check the folder, or data.corpora");
        }

        findings.AddRange(ManifestChecks.Of(utterances));
        return new ScanReport(new Manifest(full, utterances), [.. findings.OrderByDescending(f => f.Severity)]);
    }

    private static ICorpus Find(string name) => CorpusCatalog.Find(name)
        ?? throw new InputException($"data.corpora: there is no corpus '{name}'; there are {string.Join(", ", CorpusCatalog.All.Select(c => c.Name))}");

    private static string? Fault(SoundFacts fact) =>
        fact.Error is not null ? fact.Error
        : fact.Peak < SilentPeak ? "it is silent"
        : fact.Seconds < LeastSeconds ? $"it lasts {fact.Seconds:f3} s only"
        : null;

    private static IEnumerable<Candidate> Candidates(string root, ICorpus[] wanted) =>
        from path in Directory.EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden })
        where Endings.Contains(Path.GetExtension(path))
        let relative = Path.GetRelativePath(root, path).Replace('\\', '/')
        from corpus in wanted
        let entry = corpus.Parse(relative)
        where entry is not null
        select new Candidate(relative, corpus, entry);

    /// <summary>Mirrors hold some clips twice: each is taken once, from the first path. Two sounds under one name are no mirror's doing.</summary>
    private static Finding Twice(Candidate candidate, SoundFacts fact, Utterance taken) => fact.Sha256 == taken.Sha256
        ? new Finding(Severity.Info, taken.Corpus, $"{candidate.Path} is the same clip as {taken.Path}, which is taken")
        : new Finding(Severity.Warning, taken.Corpus, $"{candidate.Path} is another sound under the name of {taken.Path}, which is taken; remove one of them");

    private sealed record Candidate(string Path, ICorpus Corpus, CorpusEntry Entry)
    {
        public string Key => $"{Corpus.Name}/{Entry.Id}";
    }
}
