using System.Text.RegularExpressions;

namespace SpeechEmotion.Corpora;

/// <summary>The built-in corpus that <see cref="SyntheticCorpus"/> writes: `F01_anger_03.wav`, with or without folders.</summary>
public sealed partial class Synthetic : ICorpus
{
    /// <summary>The name in keys and label sets.</summary>
    public const string CorpusName = "synthetic";

    /// <inheritdoc/>
    public string Name => CorpusName;

    /// <inheritdoc/>
    public CorpusEntry? Parse(string relativePath)
    {
        Match match = FileName().Match(relativePath);
        string Group(string name) => match.Groups[name].Value;
        return match.Success ? new(Group("id"), Group("speaker"), Group("sex") == "F" ? "female" : "male", Group("label")) : null;
    }

    [GeneratedRegex(@"(^|/)(?<id>(?<speaker>(?<sex>[FM])\d\d)_(?<label>anger|happy|neutral|sad|fear|disgust)_\d\d)\.wav\z")]
    private static partial Regex FileName();
}
