using System.Text.RegularExpressions;

namespace SpeechEmotion.Corpora;

/// <summary>CREMA-D (Cao et al., 2014): `1001_DFA_ANG_XX`, 91 actors; the level is LO, MD, HI, XX or, once, X.</summary>
public sealed partial class CremaD : ICorpus
{
    /// <summary>Name of the corpus.</summary>
    public const string CorpusName = "cremad";

    private const int FirstActor = 1001, LastActor = 1091;

    /// <summary>The 43 actresses of the corpus's VideoDemographics.csv; the other 48 are men.</summary>
    private static readonly HashSet<int> Women =
    [
        1002, 1003, 1004, 1006, 1007, 1008, 1009, 1010, 1012, 1013, 1018, 1020, 1021, 1024, 1025, 1028,
        1029, 1030, 1037, 1043, 1046, 1047, 1049, 1052, 1053, 1054, 1055, 1056, 1058, 1060, 1061, 1063,
        1072, 1073, 1074, 1075, 1076, 1078, 1079, 1082, 1084, 1089, 1091,
    ];

    /// <inheritdoc/>
    public string Name => CorpusName;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, int> Labels { get; } =
        new[] { "ANG", "DIS", "FEA", "HAP", "NEU", "SAD" }.ToDictionary(label => label, label => label == "NEU" ? 1087 : 1271);

    /// <inheritdoc/>
    public CorpusEntry? Parse(string relativePath)
    {
        string id = Path.GetFileNameWithoutExtension(relativePath).ToUpperInvariant();
        Match match = Pattern().Match(id);
        return match.Success && int.Parse(match.Groups[1].Value) is int actor and >= FirstActor and <= LastActor
            ? new CorpusEntry(id, match.Groups[1].Value, Women.Contains(actor) ? "female" : "male", match.Groups[2].Value)
            : null;
    }

    [GeneratedRegex("^(1[0-9]{3})_(?:DFA|IEO|IOM|ITH|ITS|IWL|IWW|MTI|TAI|TIE|TSI|WSI)_(ANG|DIS|FEA|HAP|NEU|SAD)_(?:XX|X|LO|MD|HI)$")]
    private static partial Regex Pattern();
}
