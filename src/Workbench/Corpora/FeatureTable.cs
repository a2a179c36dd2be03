using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SpeechEmotion.Features;
using SpeechEmotion.Features.Summary;

namespace SpeechEmotion.Corpora;

/// <summary>A published table of features in place of sound: for each emotion `f_EMOTION.csv` (one row of 193 values per clip, no header)
/// and `labels_EMOTION.csv` (the emotion, one line per row), plain or gzipped. The rows carry no names and no speakers.</summary>
/// <param name="Manifest">One utterance per row, with key `table/EMOTION-NUMBER`: the row's number in its file, from 1. Each row counts as
/// its own speaker, since the real one is unknown. Rows that are equal in every value share one <see cref="Utterance.Sha256"/>.</param>
/// <param name="Rows">The values of each row by key: one frame of <see cref="Width"/> values.</param>
/// <param name="Findings">What a reader of results should know.</param>
public sealed record FeatureTable(Manifest Manifest, IReadOnlyDictionary<string, Feature> Rows, IReadOnlyList<Finding> Findings)
{
    /// <summary>Values per row: 40 MFCC, 12 chroma, 128 mel, 7 spectral contrast, 6 tonnetz.</summary>
    public const int Width = SummaryFeatures.Count;

    /// <summary>The mel columns, which the LSTM of the published system takes as input.</summary>
    public static Range Mel { get; } = SummaryFeatures.MelStart..(SummaryFeatures.MelStart + SlaneyMel.Bands);

    /// <summary>Power below which a mel column counts as silent: −60 dB relative to 1, the typical size of the published values.</summary>
    private const float LeastPower = 1e-6f;

    private const string Remedy = "correct the table or take it anew from where it came";

    /// <summary>The row with its mel columns, which are powers that span eight decades, replaced by their natural logarithms.</summary>
    /// <param name="row">A row of the table; not changed.</param>
    public static Feature LogMel(Feature row)
    {
        float[] values = [.. row.Values];
        foreach (ref float value in values.AsSpan(Mel))
        {
            value = MathF.Log(Math.Max(value, LeastPower));
        }

        return row with { Values = values };
    }

    /// <summary>Reads and checks a table.</summary>
    /// <param name="folder">The folder with the files.</param>
    /// <exception cref="InputException">A file is missing or empty, a row has another width or a value that is not a number, or labels and
    /// rows do not match; the message names the file and line.</exception>
    public static FeatureTable Read(string folder)
    {
        string full = CorpusScanner.RequireFolder(
            folder, "give the folder of the feature table with data.table, below data.root where that is given");
        string[] emotions = Emotions(full);
        List<Utterance> rows = [];
        Dictionary<string, Feature> features = [];
        foreach (string emotion in emotions)
        {
            string path = Required(full, $"f_{emotion}.csv");
            float[][] values = [.. CsvTable.Read(path, Remedy).Select(Values)];
            CheckLabels(Required(full, $"labels_{emotion}.csv"), emotion, path, values.Length);
            for (int i = 0; i < values.Length; i++)
            {
                string key = $"{TableRows.CorpusName}/{emotion}-{i + 1:0000}";
                string sum = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values[i].AsSpan())));
                rows.Add(new Utterance(key, TableRows.CorpusName, Path.GetFileName(path), sum, key, "unknown", emotion, 0, 0));
                features[key] = new Feature(values[i], 1, Width);
            }
        }

        rows.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        return new FeatureTable(new Manifest(full, rows), features, [.. Repeated(rows)]);
    }

    private static string[] Emotions(string folder)
    {
        string[] emotions = [.. Directory.EnumerateFiles(folder, "f_*.csv*").Select(Path.GetFileName).OfType<string>()
            .Where(name => name.EndsWith(".csv", StringComparison.Ordinal) || name.EndsWith(".csv.gz", StringComparison.Ordinal))
            .Select(name => name[2..name.IndexOf(".csv", StringComparison.Ordinal)]).Distinct().Order(StringComparer.Ordinal)];
        return emotions.Length > 0 ? emotions
            : throw new InputException(
                $"{folder}: no feature table here (f_EMOTION.csv and labels_EMOTION.csv, or .csv.gz); give its folder with data.table");
    }

    private static string Required(string folder, string name) =>
        new[] { name, name + ".gz" }.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists)
            ?? throw new InputException(
                $"{folder}: {name} is missing (plain or .gz); the table needs f_EMOTION.csv and labels_EMOTION.csv of each emotion");

    private static float[] Values(CsvRow row)
    {
        row.RequireWidth(Width, "a row of the table");
        float[] values = [.. Enumerable.Range(0, Width).Select(column => (float)row.Double(column))];
        int wrong = Array.FindIndex(values, value => !float.IsFinite(value));
        return wrong < 0 ? values : throw row.Wrong($"'{row.Values[wrong]}' in column {wrong + 1} is not a finite number");
    }

    private static void CheckLabels(string path, string emotion, string features, int rows)
    {
        int labels = 0;
        foreach (CsvRow row in CsvTable.Read(path, Remedy))
        {
            labels++;
            if (row.Values is not [string label] || label != emotion)
            {
                throw row.Wrong($"'{string.Join(',', row.Values)}' where every label must be '{emotion}'");
            }
        }

        if (labels != rows || rows == 0)
        {
            throw new InputException($"{path}: {labels:N0} labels for {rows:N0} rows in {features}; there must be one a row");
        }
    }

    private static IEnumerable<Finding> Repeated(List<Utterance> rows)
    {
        IGrouping<string, Utterance>[] groups = [.. rows.GroupBy(row => row.Sha256).Where(group => group.Count() > 1)];
        if (groups.Length > 0)
        {
            string list = string.Join(
                "; ", groups.Select(group => string.Join(" = ", group.Select(row => row.Key[(TableRows.CorpusName.Length + 1)..]))));
            yield return new Finding(Severity.Warning, TableRows.CorpusName,
                $"{groups.Sum(group => group.Count() - 1)} rows repeat another in every value ({list}); all are kept");
        }

        foreach (IGrouping<string, Utterance> group in groups.Where(group => group.Select(row => row.Label).Distinct().Count() > 1))
        {
            string keys = string.Join(", ", group.Select(row => row.Key));
            yield return new Finding(Severity.Error, TableRows.CorpusName,
                $"{keys} are equal in every value and differ in label; remove them from the table");
        }
    }
}
