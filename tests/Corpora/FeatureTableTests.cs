using System.IO.Compression;
using SpeechEmotion.Corpora;

namespace SpeechEmotion.Tests;

public sealed class FeatureTableTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Folder of the published table, beside the repository, or null if it is not there.</summary>
    public static string? Published { get; } =
        Path.Combine(MiniatureCorpus.Repository, "..", "shared", "seed-features") is string path && Directory.Exists(path) ? path : null;

    [Fact]
    public void The_published_table_is_whole_and_names_its_eight_repeated_rows()
    {
        Assert.SkipWhen(Published is null, "the published feature table is not here");
        FeatureTable table = FeatureTable.Read(Published!);
        Assert.Equal(
            [("anger", 1747), ("happy", 1720), ("neutral", 1549), ("sad", 1655)],
            table.Manifest.Utterances.GroupBy(u => u.Label).Select(g => (g.Key, g.Count())));
        Assert.Equal(6671, table.Rows.Count);
        Assert.All(table.Rows.Values, row => Assert.Equal((1, 193), (row.Frames, row.Width)));
        Finding finding = Assert.Single(table.Findings);
        Assert.StartsWith("8 rows repeat another in every value (happy-", finding.Message, StringComparison.Ordinal);
        Assert.Contains("neutral-0007 = neutral-1549", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_and_packed_tables_give_the_same_rows()
    {
        Write("f_sad.csv", Row(1), Row(2));
        Write("labels_sad.csv", "sad", "sad");
        FeatureTable plain = FeatureTable.Read(_folder.Path);
        foreach (string name in new[] { "f_sad.csv", "labels_sad.csv" })
        {
            using GZipStream packed = new(File.Create(_folder[name + ".gz"]), CompressionLevel.Fastest);
            packed.Write(File.ReadAllBytes(_folder[name]));
            packed.Dispose();
            File.Delete(_folder[name]);
        }

        FeatureTable unpacked = FeatureTable.Read(_folder.Path);
        Assert.Equal(plain.Manifest.Utterances.Select(u => (u.Key, u.Sha256)), unpacked.Manifest.Utterances.Select(u => (u.Key, u.Sha256)));
        Assert.Equal(plain.Rows["table/sad-0002"].Values, unpacked.Rows["table/sad-0002"].Values);
        Assert.Equal(2, plain.Rows["table/sad-0002"].Values[0]);
    }

    [Fact]
    public void What_is_wrong_is_named_with_its_place()
    {
        Wrong("no feature table here");
        Write("f_sad.csv", Row(1), Row(2));
        Wrong("labels_sad.csv is missing");
        Write("labels_sad.csv", "sad");
        Wrong("labels_sad.csv: 1 labels for 2 rows");
        Write("labels_sad.csv", "sad", "happy");
        Wrong("labels_sad.csv, line 2: 'happy' where every label must be 'sad'");
        Write("labels_sad.csv", "sad", "sad");
        Write("f_sad.csv", Row(1), "1,2,3");
        Wrong("f_sad.csv, line 2: 3 values where a row of the table has 193; correct the table");
        Write("f_sad.csv", Row(1), Row(2) + "x");
        Wrong("f_sad.csv, line 2: '2x' in column 193 is not a number");
        Write("f_sad.csv", Row(1), Row(2) + "e99");
        Wrong("f_sad.csv, line 2: '2e99' in column 193 is not a finite number");
    }

    [Fact]
    public void Equal_rows_of_two_emotions_would_spoil_every_result()
    {
        foreach (string emotion in new[] { "sad", "happy" })
        {
            Write($"f_{emotion}.csv", Row(1), Row(emotion.Length));
            Write($"labels_{emotion}.csv", emotion, emotion);
        }

        Finding[] findings = [.. FeatureTable.Read(_folder.Path).Findings];
        Assert.Equal([Severity.Warning, Severity.Error], findings.Select(f => f.Severity));
        Assert.Contains("table/happy-0001, table/sad-0001", findings[1].Message, StringComparison.Ordinal);
    }

    private void Write(string name, params string[] lines) => File.WriteAllLines(_folder[name], lines);

    private static string Row(int value) => string.Join(',', Enumerable.Repeat(value, FeatureTable.Width));

    private void Wrong(string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => FeatureTable.Read(_folder.Path)).Message, StringComparison.Ordinal);
}
