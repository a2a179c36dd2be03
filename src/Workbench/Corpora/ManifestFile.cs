using System.Text;
using System.Text.Json;

namespace SpeechEmotion.Corpora;

/// <summary>manifest.jsonl: a line that says version and data folder, then a line an utterance.</summary>
public static class ManifestFile
{
    private const int Version = 1;
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Writes a manifest.</summary>
    /// <param name="path">The file.</param>
    /// <param name="manifest">The manifest.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Manifest manifest)
    {
        StringBuilder text = new(JsonSerializer.Serialize(new Head(Version, manifest.Root), Json) + "\n");
        foreach (Utterance utterance in manifest.Utterances)
        {
            text.Append(JsonSerializer.Serialize(utterance, Json)).Append('\n');
        }

        AtomicFile.WriteText(path, text.ToString());
    }

    /// <summary>Reads a manifest.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">Missing or damaged; the message names the line.</exception>
    public static Manifest Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: no such manifest; `ser prepare --data DIR --out {path}` makes it");
        }

        string[] lines = File.ReadAllLines(path);
        Head head = Line<Head>(0);
        return head.Version is > 0 and <= Version && head.Root is not null
            ? new Manifest(head.Root, [.. Enumerable.Range(1, lines.Length - 1).Select(Line<Utterance>)])
            : throw new InputException($"{path}:1: not a manifest of version {Version} or older; prepare the data again");

        T Line<T>(int index)
        {
            try
            {
                return (index < lines.Length ? JsonSerializer.Deserialize<T>(lines[index], Json) : default) ?? throw new JsonException("the line is empty");
            }
            catch (JsonException e)
            {
                throw new InputException($"{path}:{index + 1}: not a line of a manifest ({e.Message}); prepare the data again", e);
            }
        }
    }

    private sealed record Head(int Version, string? Root);
}
