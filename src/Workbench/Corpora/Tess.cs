using System.Text.RegularExpressions;

namespace SpeechEmotion.Corpora;

/// <summary>TESS (Pichora-Fuller and Dupuis, 2020): `OAF_back_angry`, two women, in one folder or in one folder per speaker and emotion.
/// `OA_bite_neutral` is misspelt in the original; `ps` is pleasant surprise.</summary>
public sealed partial class Tess : ICorpus
{
    /// <inheritdoc/>
    public string Name => "tess";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, int> Labels { get; } =
        new[] { "angry", "disgust", "fear", "happy", "neutral", "ps", "sad" }.ToDictionary(label => label, _ => 400);

    /// <inheritdoc/>
    public CorpusEntry? Parse(string relativePath)
    {
        Match match = Pattern().Match(Path.GetFileNameWithoutExtension(relativePath));
        if (!match.Success)
        {
            return null;
        }

        string speaker = match.Groups[1].Value.StartsWith("O", StringComparison.OrdinalIgnoreCase) ? "OAF" : "YAF";
        string word = match.Groups[2].Value.ToLowerInvariant(), label = match.Groups[3].Value.ToLowerInvariant();
        return new CorpusEntry($"{speaker}_{word}_{label}", speaker, "female", label);
    }

    [GeneratedRegex("^(OAF?|YAF)_([a-z]+)_(angry|disgust|fear|happy|neutral|ps|sad)$", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
