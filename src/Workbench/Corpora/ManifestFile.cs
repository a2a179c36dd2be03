using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Corpora;

/// <summary>manifest.jsonl: a line with version and data folder, then one line per utterance.</summary>
public static class ManifestFile
{
    private const int Version = 2; // version 1 had no `sound`

    /// <summary>Durations are below this many seconds: 1e9 samples at the lowest rate.</summary>
    private const double LongestSeconds = 1e6;

    /// <summary>Writes a manifest.</summary>
    /// <param name="path">The file.</param>
    /// <param name="manifest">The manifest.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Manifest manifest)
    {
        StringBuilder text = new(JsonSerializer.Serialize(new Head(Version, manifest.Root), JsonFile.Line) + "\n");
        foreach (Utterance utterance in manifest.Utterances)
        {
            text.Append(JsonSerializer.Serialize(utterance, JsonFile.Line)).Append('\n');
        }

        AtomicFile.WriteText(path, text.ToString());
    }

    /// <summary>Reads a manifest.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The manifest, in key order.</returns>
    /// <exception cref="InputException">Missing or damaged; the message names the line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Manifest Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: no such manifest; `ser prepare --data DIR --out {path}` makes it");
        }

        string[] lines = File.ReadAllLines(path);
        Head head = Line<Head>(0);
        if (head.Version is < 1 or > Version)
        {
            throw new InputException(
                $"{path}:1: a manifest of version {head.Version}, where {Version} is read here; prepare the data again");
        }

        SortedDictionary<string, Utterance> utterances = new(StringComparer.Ordinal);
        for (int i = 1; i < lines.Length; i++)
        {
            Utterance utterance = Line<Utterance>(i);
            if (Fault(utterance) is string fault)
            {
                throw new InputException($"{path}:{i + 1}: {fault}; prepare the data again");
            }

            if (!utterances.TryAdd(utterance.Key, utterance))
            {
                throw new InputException($"{path}:{i + 1}: {utterance.Key} is there twice; prepare the data again");
            }
        }

        return new Manifest(head.Root, [.. utterances.Values]);

        T Line<T>(int index)
        {
            try
            {
                string line = lines.ElementAtOrDefault(index) ?? "";
                return (line.Length > 0 ? JsonSerializer.Deserialize<T>(line, JsonFile.Line) : default)
                    ?? throw new JsonException("the line is empty");
            }
            catch (JsonException e)
            {
                throw new InputException(
                    $"{path}:{index + 1}: not a line of a manifest ({JsonFile.Reason(e)}); prepare the data again", e);
            }
        }
    }

    private static string? Fault(Utterance u) =>
        u.Seconds is not (> 0 and < LongestSeconds) ? $"a duration of {u.Seconds} s"
        : u.SampleRate is < AudioFile.LowestRate or > AudioFile.HighestRate ? $"a rate of {u.SampleRate} Hz"
        : !IsSum(u.Sha256) || !IsSum(u.Sound) ? "a checksum that is none"
        : !u.Key.StartsWith(u.Corpus + "/", StringComparison.Ordinal) || !u.Speaker.StartsWith(u.Corpus + "/", StringComparison.Ordinal)
            ? $"key '{u.Key}' and speaker '{u.Speaker}' are not of corpus '{u.Corpus}'"
        : null;

    private static bool IsSum(string text) => text.Length == 2 * SHA256.HashSizeInBytes && text.All(char.IsAsciiHexDigitLower);

    private sealed record Head(int Version, string Root);
}
