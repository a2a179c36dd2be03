using System.Text.RegularExpressions;

namespace SpeechEmotion.Corpora;

/// <summary>The built-in synthetic corpus: `F01_anger_03`, women F, men M. See <see cref="SyntheticCorpus"/>.</summary>
public sealed partial class Synthetic : ICorpus
{
    /// <inheritdoc/>
    public string Name => "synthetic";

    /// <inheritdoc/>
    public int PublishedCount => 0;

    /// <inheritdoc/>
    public CorpusEntry? Parse(string relativePath)
    {
        string id = Path.GetFileNameWithoutExtension(relativePath);
        Match match = Pattern().Match(id);
        return match.Success
            ? new CorpusEntry(id, match.Groups[1].Value, match.Groups[1].Value[0] == 'F' ? "female" : "male", match.Groups[2].Value)
            : null;
    }

    [GeneratedRegex("^([FM][0-9]{2})_(anger|happy|neutral|sad|fear|disgust)_[0-9]{2}$")]
    private static partial Regex Pattern();
}
