using System.Security.Cryptography;
using System.Text;

namespace SpeechEmotion.Corpora;

/// <summary>Scans a folder and remembers what its files are, so that the next scan reads only what changed.</summary>
public static class ManifestStore
{
    /// <summary>Scans a folder with what is remembered of it.</summary>
    /// <param name="root">The data folder.</param>
    /// <param name="corpora">Corpora to look for; empty takes what is there.</param>
    /// <param name="memory">Folder of what is remembered.</param>
    /// <param name="progress">Hears files done, of how many.</param>
    /// <returns>The manifest and the findings.</returns>
    /// <exception cref="InputException">The folder or a corpus that was asked for is missing.</exception>
    public static ScanReport LoadOrScan(string root, IReadOnlyList<string> corpora, string memory, Action<int, int>? progress = null)
    {
        string name = $"{Path.GetFullPath(root)}\n{string.Join(',', corpora)}";
        string file = Path.Combine(memory, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 8)) + ".json");
        Dictionary<string, SoundFacts> known = SoundFacts.ReadAll(file), before = new(known);
        ScanReport report = CorpusScanner.Scan(root, corpora, known, progress);
        if (known.Count != before.Count || known.Any(k => !before.TryGetValue(k.Key, out SoundFacts? old) || old != k.Value))
        {
            SoundFacts.WriteAll(file, known);
        }

        return report;
    }
}
