using System.Security.Cryptography;
using System.Text;
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
    public void A_manifest_comes_back()
    {
        _folder.Tone("OAF_back_angry.wav", 1);
        _folder.Tone("DC_a01.wav", 2);
        Manifest manifest = _folder.Scan().Manifest;
        ManifestFile.Write(_folder.In("manifest.jsonl"), manifest);

        Manifest back = ManifestFile.Read(_folder.In("manifest.jsonl"));

        Assert.Equal(manifest.Root, back.Root);
        Assert.Equal(manifest.Utterances, back.Utterances);
        Assert.StartsWith("{\"version\":2,\"root\":", File.ReadAllText(_folder.In("manifest.jsonl")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "{\"key\": 3", "not a line of a manifest")]
    [InlineData(1, "{\"key\": \"tess/OAF_back_angry\"}", "not a line of a manifest")] // a row that lacks the other fields
    [InlineData(1, "", "the line is empty")]
    [InlineData(0, "", "the line is empty")]
    [InlineData(0, "{\"version\":3,\"root\":\"/\"}", "a manifest of version 3")]
    [InlineData(0, "{\"root\":\"/\"}", "not a line of a manifest")]
    public void A_damaged_line_is_named(int line, string text, string message)
    {
        _folder.Tone("OAF_back_angry.wav", 1);
        string file = _folder.In("manifest.jsonl");
        ManifestFile.Write(file, _folder.Scan().Manifest);
        string[] lines = File.ReadAllLines(file);
        lines[line] = text;
        File.WriteAllLines(file, lines);
        string said = Assert.Throws<InputException>(() => ManifestFile.Read(file)).Message;
        Assert.StartsWith($"{file}:{line + 1}: ", said, StringComparison.Ordinal);
        Assert.Contains(message, said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
    }

    [Fact]
    public void A_row_twice_and_an_empty_or_missing_file_are_named()
    {
        _folder.Tone("OAF_back_angry.wav", 1);
        string file = _folder.In("manifest.jsonl");
        ManifestFile.Write(file, _folder.Scan().Manifest);
        File.AppendAllText(file, File.ReadAllLines(file)[1] + "\n");
        Assert.StartsWith(
            $"{file}:3: tess/OAF_back_angry is there twice",
            Assert.Throws<InputException>(() => ManifestFile.Read(file)).Message, StringComparison.Ordinal);
        File.WriteAllText(file, "");
        Assert.StartsWith($"{file}:1: ", Assert.Throws<InputException>(() => ManifestFile.Read(file)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "no such manifest",
            Assert.Throws<InputException>(() => ManifestFile.Read(_folder.In("none"))).Message, StringComparison.Ordinal);
    }

    private static string Summed(string json) => $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))}\n{json}";

    private ScanReport Stored(params string[] corpora) => ManifestStore.LoadOrScan(_folder.Root, corpora, _folder.In("memory"));

    private string Sum(string id, params string[] corpora) =>
        Stored(corpora).Manifest.Utterances.Single(u => u.Key.EndsWith(id, StringComparison.Ordinal)).Sha256;
}
