using System.Diagnostics;
using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Features;
using SpeechEmotion.Labels;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>The data that runs use: the manifest, and the cache for its features.</summary>
/// <param name="Manifest">All utterances in use.</param>
/// <param name="Synthetic">True for the built-in corpus.</param>
/// <param name="Cache">The feature cache.</param>
/// <param name="Table">The feature table that is used instead of sound, or null.</param>
public sealed record SpeechData(Manifest Manifest, bool Synthetic, FeatureCache Cache, FeatureTable? Table = null)
{
    /// <summary>Folder for features, manifests and the synthetic corpus: SER_CACHE if it is set, else `ser` in the user's cache
    /// folder.</summary>
    public static string CacheFolder =>
        Environment.GetEnvironmentVariable("SER_CACHE") is { Length: > 0 } own ? own
        : Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } user
                ? user
                : Path.Combine(Environment.GetFolderPath(
                    Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".cache"),
            "ser");

    /// <summary>Opens the corpora of a config; generates the synthetic one if no folder is given.</summary>
    /// <param name="options">Folder and corpora.</param>
    /// <param name="listener">Receives the progress of the scan, and its warnings.</param>
    /// <returns>The data.</returns>
    /// <exception cref="InputException">A folder or corpus is missing, a finding would spoil every result, or there can be no
    /// cache.</exception>
    public static SpeechData Open(DataOptions options, IRunListener listener)
    {
        string cache = CacheFolder;
        try
        {
            Directory.CreateDirectory(cache);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{cache}: the cache's folder cannot be made; name another with the variable SER_CACHE", e);
        }

        FeatureCache features = new(Path.Combine(cache, "features"));
        if (options.Table is not null)
        {
            FeatureTable table = FeatureTable.Read(Path.Combine(options.Root ?? "", options.Table));
            return new SpeechData(table.Manifest, false, features, Report(table.Manifest.Root, table.Findings, listener, table));
        }

        bool synthetic = options.Root is null;
        if (synthetic && options.Corpora.FirstOrDefault(name => name != Corpora.Synthetic.CorpusName) is string real)
        {
            throw new InputException(
                $"corpus '{real}' is asked for (data.corpora or --on), and no folder is given to find it in; "
                + "name the folder with --data DIR (where no corpus is named, the built-in synthetic voice is taken)");
        }

        string root = options.Root ?? Path.Combine(cache, "synthetic-corpus");
        if (synthetic)
        {
            SyntheticCorpus.Write(root, new SyntheticOptions(), (done, of) => listener.Progress("synthetic corpus", done, of));
        }

        IReadOnlyList<string> corpora = synthetic ? [Corpora.Synthetic.CorpusName] : options.Corpora;
        ScanReport report = Scan(root, corpora, listener);
        return new SpeechData(Report(root, report.Findings, listener, report.Manifest), synthetic, features);
    }

    /// <summary>Scans a folder, reading only what changed since the last scan.</summary>
    /// <param name="root">The data folder.</param>
    /// <param name="corpora">Corpora to look for; empty takes all that are there.</param>
    /// <param name="listener">Receives progress.</param>
    /// <returns>The manifest and the findings.</returns>
    /// <exception cref="InputException">The folder or a corpus that was asked for is missing.</exception>
    public static ScanReport Scan(string root, IReadOnlyList<string> corpora, IRunListener listener) => ManifestStore.LoadOrScan(
        root, corpora, Path.Combine(CacheFolder, "manifests"), (done, of) => listener.Progress("scan", done, of));

    /// <summary>The utterances that a label set has a class for, and their classes.</summary>
    /// <param name="labels">The label set.</param>
    /// <returns>Utterances in key order and the class of each key.</returns>
    public (IReadOnlyList<Utterance> Utterances, IReadOnlyDictionary<string, int> Classes) Select(LabelSet labels)
    {
        List<Utterance> used = [];
        Dictionary<string, int> classes = [];
        foreach (Utterance utterance in Manifest.Utterances)
        {
            if (labels.ClassOf(utterance) is int label)
            {
                used.Add(utterance);
                classes[utterance.Key] = label;
            }
        }

        return (used, classes);
    }

    /// <summary>The error where a label set has a class for no utterance.</summary>
    /// <param name="set">The label set.</param>
    /// <param name="why">What asks for it, for the message.</param>
    /// <param name="corpus">One corpus of the data, or null for all.</param>
    internal InputException NoneTaken(LabelSet set, string why, string? corpus = null)
    {
        Utterance[] there = [.. Manifest.Utterances.Where(u => corpus is null || u.Corpus == corpus)];
        string[] unnamed = [.. there.Select(u => LabelSet.KeyOf(u.Corpus)).Distinct().Except(set.Map.Keys)];
        return new InputException(
            $"{corpus ?? "the data"}: label set '{set.Name}' ({why}) takes none of the labels there "
            + $"({string.Join(", ", there.Select(u => u.Label).Distinct())}); "
            + (unnamed.Length > 0 ? $"its `map` has no {string.Join(" and no ", unnamed)}" : "its `map` says what it takes"));
    }

    /// <summary>Reports, for corpora that a table describes, the labels that a label set does not know: otherwise a label that is spelt
    /// differently there would drop its class without notice.</summary>
    /// <param name="labels">The label set.</param>
    /// <param name="listener">Receives a sentence for each such corpus.</param>
    public void SayLeftOut(LabelSet labels, IRunListener listener)
    {
        IEnumerable<IGrouping<string, Utterance>> leftOut = Manifest.Utterances
            .Where(u => CorpusCatalog.Find(u.Corpus) is null && labels.ClassOf(u) is null)
            .GroupBy(u => u.Corpus);
        foreach (IGrouping<string, Utterance> left in leftOut)
        {
            string words = string.Join(", ", left.Select(u => u.Label).Distinct().Order(StringComparer.Ordinal));
            string clips = left.Count() == 1 ? "1 clip is" : $"{left.Count():N0} clips are";
            listener.Say($"{left.Key}: {clips} left out, whose emotion '{labels.Name}' does not know ({words})");
        }
    }

    /// <summary>Features of utterances, from the cache, the sound or the feature table.</summary>
    /// <param name="utterances">The utterances.</param>
    /// <param name="options">The front end.</param>
    /// <param name="device">Where features missing from the cache are computed.</param>
    /// <param name="listener">Receives progress.</param>
    /// <param name="augment">How the sound of the copies is altered and how many are made of each clip; null gives the clips
    /// themselves.</param>
    /// <param name="seed">Seed of the copies.</param>
    /// <returns>Features by key; copies are `key#1`, `key#2`, …</returns>
    public IReadOnlyDictionary<string, Feature> Features(
        IReadOnlyList<Utterance> utterances, FeatureOptions options, Device device, IRunListener listener,
        AugmentOptions? augment = null, int seed = 0) =>
        Table is not null
            ? FromTable(utterances, options)
            : Cache.Load(Manifest, utterances, options, device, augment, seed, (done, of) => listener.Progress("features", done, of));

    /// <summary>Fills the cache with features, so that later calls only read them. Does nothing for a feature table.</summary>
    /// <param name="utterances">As in <see cref="Features"/>.</param>
    /// <param name="options">As in <see cref="Features"/>.</param>
    /// <param name="device">As in <see cref="Features"/>.</param>
    /// <param name="listener">As in <see cref="Features"/>.</param>
    public void Prepare(IReadOnlyList<Utterance> utterances, FeatureOptions options, Device device, IRunListener listener)
    {
        if (Table is null)
        {
            Cache.Fill(Manifest, utterances, options, device, (done, of) => listener.Progress("features", done, of));
        }
    }

    private Dictionary<string, Feature> FromTable(IReadOnlyList<Utterance> utterances, FeatureOptions options)
    {
        return utterances.ToDictionary(u => u.Key, u => options.Kind switch
        {
            "summary" => Table!.Rows[u.Key],
            "summary_mel" => new Feature(Table!.Rows[u.Key].Values[FeatureTable.Mel], 1, options.Width),
            "summary_log" => FeatureTable.LogMel(Table!.Rows[u.Key]),
            _ => throw new UnreachableException(), // RunRules refuses a table with any other.
        });
    }

    /// <summary>Reports the warnings and returns the data, or throws if a finding would spoil every result.</summary>
    private static T Report<T>(string place, IReadOnlyList<Finding> findings, IRunListener listener, T data)
    {
        foreach (Finding finding in findings.Where(f => f.Severity == Severity.Warning))
        {
            listener.Say($"{finding.Corpus}: {finding.Message}");
        }

        string[] errors = [.. findings.Where(f => f.Severity == Severity.Error).Select(f => $"{f.Corpus}: {f.Message}")];
        return errors.Length == 0
            ? data
            : throw new InputException($"{place}: these would spoil every result:\n  {string.Join("\n  ", errors)}");
    }
}
