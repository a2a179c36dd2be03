using System.Text.Json;
using SpeechEmotion.Corpora;

namespace SpeechEmotion.Splits;

/// <summary>split.json: a split that can be kept, read and used again.</summary>
public static class SplitFile
{
    private const int Version = 1;

    /// <summary>Strict: otherwise a file without `speakers_apart` would pass as a split whose speakers may overlap.</summary>
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>Writes a split.</summary>
    /// <param name="path">The file.</param>
    /// <param name="split">The split.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Split split) =>
        AtomicFile.WriteText(path, JsonSerializer.Serialize(new Versioned(Version, split), Json) + "\n");

    /// <summary>Reads a split for a run to use, and checks it against the data.</summary>
    /// <param name="path">The file, as `split.file` names it.</param>
    /// <param name="utterances">The data.</param>
    /// <returns>The split, checked.</returns>
    /// <exception cref="InputException">Missing, damaged, or at odds with the data.</exception>
    public static Split Read(string path, IReadOnlyList<Utterance> utterances)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"split.file: {path}: no such file; give a run's split.json, or leave split.file out");
        }

        Split split = ReadKeys(path);
        SplitCheck.Verify(split, utterances);
        return split;
    }

    /// <summary>Reads a split without its data, to know which utterances a run has seen.</summary>
    /// <param name="path">The run's file.</param>
    /// <exception cref="InputException">Missing or damaged.</exception>
    public static Split ReadKeys(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException(
                $"{path}: no such file; a published result keeps no split and no weights: give the run's own folder (runs/…)");
        }

        try
        {
            return JsonSerializer.Deserialize<Versioned>(File.ReadAllText(path), Json) is { Version: Version, Split: var split }
                && !split.Train.Concat(split.Validation).Concat(split.Test).Contains(null!)
                ? split
                : throw new InputException($"{path}: not a split of version {Version}; make it anew");
        }
        catch (JsonException e)
        {
            throw new InputException($"{path}: not a split ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}); make it anew", e);
        }
    }

    private sealed record Versioned(int Version, Split Split);
}
