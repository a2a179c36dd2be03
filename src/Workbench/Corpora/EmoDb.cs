using System.Text.RegularExpressions;

namespace SpeechEmotion.Corpora;

/// <summary>EMO-DB (Burkhardt et al., Interspeech 2005), German: `03a01Fa` is speaker 03, text a01, Freude, version a. Its labels are the
/// first letters of the German words: W anger, L boredom, E disgust, A fear, F happiness, T sadness, N neutral.</summary>
public sealed partial class EmoDb : ICorpus
{
    private static readonly HashSet<string> Women = ["08", "09", "13", "14", "16"];

    /// <summary>The corpus's name in keys and configs.</summary>
    public const string CorpusName = "emodb";

    /// <inheritdoc/>
    public string Name => CorpusName;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, int> Labels { get; } =
        new Dictionary<string, int> { ["W"] = 127, ["L"] = 81, ["E"] = 46, ["A"] = 69, ["F"] = 71, ["T"] = 62, ["N"] = 79 };

    /// <inheritdoc/>
    public CorpusEntry? Parse(string relativePath)
    {
        string id = Path.GetFileNameWithoutExtension(relativePath);
        Match match = Pattern().Match(id);
        string speaker = match.Groups[1].Value;
        return match.Success ? new CorpusEntry(id, speaker, Women.Contains(speaker) ? "female" : "male", match.Groups[2].Value) : null;
    }

    [GeneratedRegex("^(03|08|09|1[0-6])[ab][0-9]{2}([WLEAFTN])[a-z]$")]
    private static partial Regex Pattern();
}
