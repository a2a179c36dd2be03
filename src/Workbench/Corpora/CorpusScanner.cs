using SpeechEmotion.Reporting;

namespace SpeechEmotion.Corpora;

/// <summary>Finds the corpora below a folder, whatever their layout there, and makes the manifest.</summary>
public static class CorpusScanner
{
    /// <summary>Scans a folder, reading only files of which nothing is known or that have changed.</summary>
    /// <param name="root">The data folder.</param>
    /// <param name="corpora">Corpora to look for; empty looks for all and takes what is there.</param>
    /// <param name="known">Facts of an earlier scan by relative path; updated in place.</param>
    /// <param name="progress">Called with the number of files done and of all files, one call at a time.</param>
    /// <returns>The manifest, in key order, and the findings.</returns>
    /// <exception cref="InputException">The folder or a corpus that was asked for is missing; the message says what is there.</exception>
    public static ScanReport Scan(
        string root, IReadOnlyList<string> corpora, IDictionary<string, SoundFacts> known, Action<int, int>? progress = null)
    {
        string full = RequireFolder(root);
        (ICorpus[] catalog, string[] files) = Below(full);
        ListedCorpus[] listed = [.. catalog.OfType<ListedCorpus>()];
        ICorpus[] wanted = corpora.Count == 0 ? catalog : [.. corpora.Select(name => Find(catalog, name)).Distinct()];
        Clip[] claims = Claims(catalog, files);
        Clip[] claimed = [.. claims.Where(clip => wanted.Contains(clip.Corpus))];
        SoundFacts[] facts = Facts(full, claimed, known, progress);
        foreach (string gone in known.Keys.Except(files).ToArray())
        {
            known.Remove(gone);
        }

        ScannedFile[] scanned = [.. claimed.Zip(facts, (clip, fact) => new ScannedFile(clip.Row(fact), fact.Fault))];
        List<Finding> findings = [.. Unreadable(full)];
        ScannedFile[] once = ManifestChecks.Once(scanned, findings);
        Utterance[] utterances = ManifestChecks.Sound([.. ManifestChecks.Usable(once, findings)], findings);
        HashSet<string> kept = [.. utterances.Select(u => u.Path)];
        (Utterance Row, SoundFacts Facts)[] used =
            [.. scanned.Zip(facts, (file, fact) => (file.Row, fact)).Where(clip => kept.Contains(clip.Row.Path))];
        findings.AddRange(ManifestChecks.CutShort(used));
        findings.AddRange(LabelTells.Find(used));
        findings.AddRange(listed.Where(wanted.Contains).SelectMany(corpus => Doubts(corpus, files)));
        string[] others = [.. files.Except(claims.Select(clip => clip.Path))];
        findings.AddRange(others.GroupBy(file => ListedCorpus.Around(listed, file)).Select(group => Unused(group.Key, [.. group])));

        ICorpus[] absent = [.. wanted.Where(c => !utterances.Any(u => u.Corpus == c.Name))];
        if (utterances.Length == 0 || (corpora.Count > 0 && absent.Length > 0))
        {
            throw Missing(root, absent, utterances, files, findings);
        }

        findings.AddRange(ManifestChecks.Whole(wanted.Except(absent), once));
        return new ScanReport(new Manifest(full, utterances), [.. findings.OrderByDescending(f => f.Severity)]);
    }

    /// <summary>A folder's absolute path.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="remedy">What the error tells the user to do.</param>
    /// <exception cref="InputException">There is no such folder.</exception>
    public static string RequireFolder(
        string root, string remedy = "give the folder that holds the corpora with --data DIR or data.root") =>
        Directory.Exists(root) ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))
        : throw new InputException(
            $"{(root.Length > 0 ? root : "''")}: no such folder{(File.Exists(root) ? " but a file" : "")}; {remedy}");

    private static ICorpus Find(ICorpus[] catalog, string name)
    {
        IEnumerable<string> names = catalog.Select(c => c.Name);
        return catalog.FirstOrDefault(c => c.Name == name) ?? throw new InputException(
            $"there is no corpus '{name}' (data.corpora, --on or --corpus); "
            + $"there are {string.Join(", ", names)}{Nearest.Hint(name, names)} "
            + $"(any other needs a {ListedCorpus.FileName} in a folder of its name)");
    }

    /// <summary>The corpus that a file belongs to, or null. A table that lists the file takes precedence over its name.</summary>
    private static Clip? Claim(ICorpus[] catalog, string file)
    {
        Clip[] clips =
        [
            .. from corpus in catalog
               let entry = corpus.Parse(file)
               where entry is not null
               select new Clip(file, corpus, entry),
        ];
        return clips is [.., { Corpus: ListedCorpus } one, { Corpus: ListedCorpus } other]
            ? throw new InputException($"{file}: two tables describe it, of {one.Corpus.Name} and {other.Corpus.Name}; take it out of one")
            : clips.LastOrDefault();
    }

    private static Clip[] Claims(ICorpus[] catalog, string[] files) => [.. files.Select(file => Claim(catalog, file)).OfType<Clip>()];

    /// <summary>The known corpora and those that tables below a folder describe, and the sound files there.</summary>
    private static (ICorpus[] Catalog, string[] Files) Below(string root)
    {
        string[] all = Files(root);
        IReadOnlyList<ListedCorpus> listed = ListedCorpus.Read(root, all.Where(path => Path.GetFileName(path) == ListedCorpus.FileName));
        return (
            [.. CorpusCatalog.All.Where(c => c is not TableRows), .. listed], // A table has no files to find.
            [.. all.Where(SoundFiles.Is)]);
    }

    /// <summary>A note on files that no corpus has claimed.</summary>
    /// <param name="corpus">The corpus whose table lies beside or above them, or null.</param>
    /// <param name="files">The files; at least one.</param>
    private static Finding Unused(ListedCorpus? corpus, string[] files)
    {
        string count = $"{ReportText.Plural(files.Length, "sound file")} {(files.Length == 1 ? "is" : "are")}";
        return corpus is not null
            ? new Finding(Severity.Info, corpus.Name, $"{count} not listed in {corpus.Table}, so not used, such as {files[0]}")
            : new Finding(Severity.Info, "all",
                $"{count} of no known corpus, so not used, such as {files[0]} (a {ListedCorpus.FileName} in its folder can describe it)");
    }

    private static IEnumerable<Finding> Doubts(ListedCorpus corpus, string[] files)
    {
        string[] absent = [.. corpus.Files.Except(files)];
        string[] alike = [.. corpus.Files.Where(file => CorpusCatalog.All.Any(c => c.Parse(file) is not null))];
        if (alike.Length > 0)
        {
            yield return new Finding(Severity.Warning, corpus.Name,
                $"{ReportText.Plural(alike.Length, "file")} {(alike.Length == 1 ? "has a name" : "have names")} as in a known corpus, "
                + $"such as {alike[0]}: if they are its clips, a model that has heard them there is not known to have heard them here");
        }

        if (absent.Length > 0)
        {
            yield return new Finding(Severity.Warning, corpus.Name,
                $"{absent.Length:N0} of the {corpus.Files.Count:N0} files in its {ListedCorpus.FileName} are not there, "
                + $"or not of a kind that is read ({SoundFiles.Endings}), such as {absent[0]}");
        }
    }

    /// <summary>Counts each corpus's clips below a folder by the names of files and by tables alone; no sound is read.</summary>
    /// <param name="root">The data folder.</param>
    /// <returns>Every corpus that is known or described there, with its clips; copies of a clip count once.</returns>
    /// <exception cref="InputException">The folder is missing, or a table in it is damaged.</exception>
    public static IReadOnlyList<(ICorpus Corpus, int Clips)> Count(string root)
    {
        (ICorpus[] catalog, string[] files) = Below(RequireFolder(root));
        ILookup<ICorpus, string> ids = Claims(catalog, files).ToLookup(clip => clip.Corpus, clip => clip.Entry.Id);
        return [.. catalog.Select(corpus => (corpus, ids[corpus].Distinct().Count()))];
    }

    /// <summary>All files that a scan looks at, of any type: paths below the folder, in ordinal order.</summary>
    /// <param name="root">The data folder; it must be there.</param>
    /// <exception cref="InputException">The folder may not be read.</exception>
    public static string[] Files(string root) => MayBeRead(root)
        ? Relative(root, Directory.EnumerateFiles(root, "*", SoundFiles.Walk(deep: true)))
        : throw new InputException($"{root}: may not be read; check its permissions");

    private static string[] Relative(string root, IEnumerable<string> paths) =>
        [.. paths.Select(path => Path.GetRelativePath(root, path)).Order(StringComparer.Ordinal)];

    /// <summary>A warning about folders that may not be read, which the walk skips silently.</summary>
    private static IEnumerable<Finding> Unreadable(string root)
    {
        IEnumerable<string> folders = Directory.EnumerateDirectories(root, "*", SoundFiles.Walk(deep: true));
        string[] shut = Relative(root, folders.Where(folder => !MayBeRead(folder)));
        if (shut.Length > 0)
        {
            yield return new Finding(
                Severity.Warning, "all",
                $"{ReportText.Plural(shut.Length, "folder")} may not be read, such as {shut[0]}; check the permissions");
        }
    }

    /// <summary>Whether a folder's files can be listed.</summary>
    /// <param name="folder">The folder; it must be there.</param>
    public static bool MayBeRead(string folder)
    {
        try
        {
            _ = Directory.EnumerateFileSystemEntries(folder).Any();
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static SoundFacts[] Facts(string root, Clip[] clips, IDictionary<string, SoundFacts> known, Action<int, int>? progress)
    {
        SoundFacts[] facts = new SoundFacts[clips.Length];
        int done = 0;
        Lock one = new();
        InParallel.Each(clips.Length, i =>
        {
            facts[i] = SoundFacts.Of(Path.Combine(root, clips[i].Path), known.TryGetValue(clips[i].Path, out SoundFacts? old) ? old : null);
            lock (one)
            {
                progress?.Invoke(++done, clips.Length);
            }
        });
        for (int i = 0; i < clips.Length; i++)
        {
            known[clips[i].Path] = facts[i];
        }

        return facts;
    }

    private static InputException Missing(string root, ICorpus[] absent, Utterance[] utterances, string[] files, List<Finding> findings)
    {
        string there = utterances.Length > 0 ? $"it holds {string.Join(", ", utterances.Select(u => u.Corpus).Distinct())}"
            : files.Length > 0 ? $"of its {files.Length:N0} sound files none can be used, such as {files[0]}"
            : $"it holds no sound files of a kind that is read: {SoundFiles.Endings}";
        IEnumerable<string> about = absent.Select(c => c.Name).Prepend("all");
        string? why = findings.FirstOrDefault(f => f.Severity == Severity.Warning && about.Contains(f.Corpus))?.Message;
        string other = utterances.Length > 0 ? "" : $"; any other corpus needs a {ListedCorpus.FileName} (README, 'A corpus of your own')";
        return new InputException(
            $"{root}: no usable files of {string.Join(", ", absent.Select(c => c.Name))} below it "
            + $"({there}{(why is null ? "" : "; " + why)}); check the folder, or data.corpora{other}");
    }

    private sealed record Clip(string Path, ICorpus Corpus, CorpusEntry Entry)
    {
        public Utterance Row(SoundFacts fact) => new(
            $"{Corpus.Name}/{Entry.Id}", Corpus.Name, Path, fact.Sha256,
            $"{Corpus.Name}/{Entry.Speaker}", Entry.Sex, Entry.Label, fact.Seconds, fact.SampleRate)
        {
            Sound = fact.Sound,
        };
    }
}
