using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SpeechEmotion.Corpora;

namespace SpeechEmotion.Tests;

public sealed class ManifestTests : IDisposable
{
    private readonly SoundFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_scan_reads_only_what_changed()
    {
        _folder.Tone("OAF_back_angry.wav", 1);
        _folder.Tone("DC_a01.wav", 2);
        string before = Sum("OAF_back_angry");

        // A file with the same size and time is taken for unchanged. The old checksum shows that it is not read again, whichever corpora
        // are asked for.
        DateTime time = File.GetLastWriteTimeUtc(_folder.In("OAF_back_angry.wav"));
        _folder.Tone("OAF_back_angry.wav", 3);
        File.SetLastWriteTimeUtc(_folder.In("OAF_back_angry.wav"), time);
        Assert.Equal(before, Sum("OAF_back_angry"));
        Sum("DC_a01", "savee");
        Assert.Equal(before, Sum("OAF_back_angry", "tess"));

        File.SetLastWriteTimeUtc(_folder.In("OAF_back_angry.wav"), time.AddSeconds(1));
        Assert.NotEqual(before, Sum("OAF_back_angry"));
    }

    [Fact]
    public void A_rescan_finds_new_files_and_forgets_those_that_are_gone()
    {
        _folder.Tone("OAF_back_angry.wav", 1);
        _folder.Tone("OAF_back_sad.wav", 2);
        Assert.Equal(2, Stored().Manifest.Utterances.Count);
        File.Delete(_folder.In("OAF_back_sad.wav"));
        _folder.Tone("OAF_bar_sad.wav", 2);
        Assert.Equal(["tess/OAF_back_angry", "tess/OAF_bar_sad"], Stored().Manifest.Utterances.Select(u => u.Key));
        string memory = File.ReadAllText(Directory.GetFiles(_folder.In("memory")).Single());
        Assert.DoesNotContain("OAF_back_sad", memory, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_memory_or_none_that_can_be_written_costs_only_time()
    {
        _folder.Tone("OAF_back_angry.wav", 1);
        string before = Sum("OAF_back_angry"), memory = Directory.GetFiles(_folder.In("memory")).Single();

        // A stored scan with a wrong entry but a valid checksum is believed. So each damaged one below is refused for its own fault alone.
        string other = new('0', before.Length);
        string lie = File.ReadAllText(memory).Split('\n')[1].Replace(before, other, StringComparison.Ordinal);
        File.WriteAllText(memory, Summed(lie));
        Assert.Equal(other, Sum("OAF_back_angry"));

        string[] damaged =
        [
            "", "{", $"{other}\n{lie}", Summed(lie.Replace("\"Version\":4", "\"Version\":3", StringComparison.Ordinal)),
            Summed("{"), Summed("null"), Summed("{\"a\":{\"Size\":1}}"), Summed("{\"Version\":4}"),
            Summed("{\"Version\":4,\"Files\":{\"OAF_back_angry.wav\":null}}"),
        ];
        foreach (string text in damaged)
        {
            File.WriteAllText(memory, text);
            Assert.Equal(before, Sum("OAF_back_angry"));
        }

        File.WriteAllText(_folder.In("file"), "");
        ScanReport report = ManifestStore.LoadOrScan(_folder.Root, [], _folder.In("file"));
        Assert.Single(report.Manifest.Utterances);
        Assert.Contains(report.Findings, f => f.Severity == Severity.Warning
            && f.Message.StartsWith("the next scan must read", StringComparison.Ordinal));
    }

    [Fact]
    public void A_manifest_is_a_head_and_a_line_of_json_a_clip()
    {
        _folder.Tone("OAF_back_angry.wav", 1, seconds: 0.5);
        _folder.Tone("DC_a01.wav", 2);
        Manifest manifest = _folder.Scan().Manifest;
        ManifestFile.Write(_folder.In("manifest.jsonl"), manifest);

        JsonElement[] lines = [.. File.ReadLines(_folder.In("manifest.jsonl")).Select(line => JsonElement.Parse(line))];
        Assert.Equal((3, 2, manifest.Root), (lines.Length, lines[0].GetProperty("version").GetInt32(), Text(lines[0], "root")));
        Assert.Equal("savee/DC_a01", Text(lines[1], "key"));
        JsonElement tess = lines[2];
        Assert.Equal(
            ["key", "corpus", "path", "sha256", "speaker", "sex", "label", "seconds", "sample_rate", "sound"],
            tess.EnumerateObject().Select(field => field.Name));
        Assert.Equal(("tess/OAF_back_angry", "tess", "OAF_back_angry.wav"), (Text(tess, "key"), Text(tess, "corpus"), Text(tess, "path")));
        Assert.Equal(("tess/OAF", "female", "angry"), (Text(tess, "speaker"), Text(tess, "sex"), Text(tess, "label")));
        Assert.Equal((0.5, 8000), (tess.GetProperty("seconds").GetDouble(), tess.GetProperty("sample_rate").GetInt32()));
        Utterance row = manifest.Utterances[1];
        Assert.Equal((row.Sha256, row.Sound), (Text(tess, "sha256"), Text(tess, "sound")));
        Assert.NotEqual(row.Sha256, row.Sound);

        static string? Text(JsonElement line, string field) => line.GetProperty(field).GetString();
    }

    private static string Summed(string json) => $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))}\n{json}";

    private ScanReport Stored(params string[] corpora) => ManifestStore.LoadOrScan(_folder.Root, corpora, _folder.In("memory"));

    private string Sum(string id, params string[] corpora) =>
        Stored(corpora).Manifest.Utterances.Single(u => u.Key.EndsWith(id, StringComparison.Ordinal)).Sha256;
}
