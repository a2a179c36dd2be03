using System.Text.Json;
using SpeechEmotion.Corpora;

namespace SpeechEmotion.Splits;

/// <summary>split.json: a split that can be kept, read and used again.</summary>
public static class SplitFile
{
    private const int Version = 1;
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Writes a split.</summary>
    /// <param name="path">The file.</param>
    /// <param name="split">The split.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Split split) => AtomicFile.WriteText(path, JsonSerializer.Serialize(new Versioned(Version, split), Json) + "\n");

    /// <summary>Reads a split and holds it against the data.</summary>
    /// <param name="path">The file.</param>
    /// <param name="utterances">The data.</param>
    /// <returns>The split, checked.</returns>
    /// <exception cref="InputException">Missing, damaged, or at odds with the data.</exception>
    public static Split Read(string path, IReadOnlyList<Utterance> utterances)
    {
        Split split = ReadKeys(path);
        SplitCheck.Verify(split, utterances);
        return split;
    }

    /// <summary>Reads a split without its data, to know which utterances a run has seen.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">Missing or damaged.</exception>
    public static Split ReadKeys(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: no such split");
        }

        try
        {
            Versioned? file = JsonSerializer.Deserialize<Versioned>(File.ReadAllText(path), Json);
            return file is { Version: <= Version, Split: { Train: not null, Validation: not null, Test: not null } split }
                ? split
                : throw new InputException($"{path}: not a split of version {Version} or older; make it anew");
        }
        catch (JsonException e)
        {
            throw new InputException($"{path}: not a split ({e.Message}); make it anew", e);
        }
    }

    private sealed record Versioned(int Version, Split Split);
}
