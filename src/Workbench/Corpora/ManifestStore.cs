using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SpeechEmotion.Corpora;

/// <summary>Scans a folder and stores the facts about its files, so that the next scan reads only what changed.</summary>
public static class ManifestStore
{
    /// <summary>Version of the stored facts. Those of another version are not used, since a changed decoder may read files
    /// differently.</summary>
    private const int Version = 4;

    /// <summary>Scans a folder, using the facts that an earlier scan stored: a file whose path, size and modification time are unchanged is
    /// not read again.</summary>
    /// <param name="root">The data folder.</param>
    /// <param name="corpora">Corpora to look for; empty takes what is there.</param>
    /// <param name="cacheFolder">Folder of the stored facts, one file per data folder.</param>
    /// <param name="progress">Called with the number of files done and of all files, one call at a time.</param>
    /// <returns>The manifest and the findings.</returns>
    /// <exception cref="InputException">The folder or a corpus that was asked for is missing.</exception>
    public static ScanReport LoadOrScan(string root, IReadOnlyList<string> corpora, string cacheFolder, Action<int, int>? progress = null)
    {
        string full = CorpusScanner.RequireFolder(root);
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(full)).AsSpan(0, 8));
        string file = Path.Combine(cacheFolder, name + ".json");
        Dictionary<string, SoundFacts> known = Read(file), before = new(known);
        ScanReport report = CorpusScanner.Scan(root, corpora, known, progress);
        if (known.Count == before.Count && known.All(k => before.GetValueOrDefault(k.Key) == k.Value))
        {
            return report;
        }

        try
        {
            string json = JsonSerializer.Serialize(new Memory(Version, known));
            AtomicFile.WriteText(file, $"{Sum(json)}\n{json}");
            return report;
        }
        catch (IOException e)
        {
            Finding finding = new(
                Severity.Warning, "all", $"the next scan must read every file again, for this one could not be kept: {e.Message}");
            return report with { Findings = [.. report.Findings, finding] };
        }
    }

    /// <summary>The facts that an earlier scan stored; none where the file is missing or damaged, since they can be made again.</summary>
    private static Dictionary<string, SoundFacts> Read(string file)
    {
        try
        {
            // A checksum comes before the rest: otherwise a flipped bit could pass for another duration.
            string[] parts = File.Exists(file) ? File.ReadAllText(file).Split('\n', 2) : [];
            Memory? memory = parts.Length == 2 && parts[0] == Sum(parts[1]) ? JsonSerializer.Deserialize<Memory>(parts[1]) : null;
            return memory is { Version: Version, Files: { } files } && !files.ContainsValue(null!) ? files : [];
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string Sum(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));

    private sealed record Memory(int Version, Dictionary<string, SoundFacts>? Files);
}
