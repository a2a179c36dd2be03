using System.Text;
using System.Text.Json;

namespace SpeechEmotion.Corpora;

/// <summary>manifest.jsonl, for other programs: a line with version and data folder, then one line per utterance.</summary>
public static class ManifestFile
{
    private const int Version = 2; // version 1 had no `sound`

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

    private sealed record Head(int Version, string Root);
}
