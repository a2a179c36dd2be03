using System.Text.RegularExpressions;

namespace SpeechEmotion.Corpora;

/// <summary>SAVEE (Haq and Jackson, 2009): `DC/a01` or `DC_a01`, four men.</summary>
public sealed partial class Savee : ICorpus
{
    /// <inheritdoc/>
    public string Name => "savee";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, int> Labels { get; } =
        new[] { "a", "d", "f", "h", "n", "sa", "su" }.ToDictionary(label => label, label => label == "n" ? 120 : 60);

    /// <inheritdoc/>
    public CorpusEntry? Parse(string relativePath)
    {
        Match match = Pattern().Match(Path.ChangeExtension(relativePath, null));
        if (!match.Success)
        {
            return null;
        }

        string speaker = match.Groups[1].Value.ToUpperInvariant(), label = match.Groups[2].Value.ToLowerInvariant();
        return new CorpusEntry($"{speaker}_{label}{match.Groups[3].Value}", speaker, "male", label);
    }

    [GeneratedRegex("(?:^|/)(DC|JE|JK|KL)[_/](a|d|f|h|n|sa|su)([0-9]{2})$", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
