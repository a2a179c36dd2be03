using System.Text.RegularExpressions;

namespace SpeechEmotion.Corpora;

/// <summary>RAVDESS speech, audio only (Livingstone and Russo, 2018): `03-01-EMOTION-INTENSITY-STATEMENT-REPETITION-ACTOR`, in any folder.
/// Song (02) and video (01, 02) do not belong to this corpus.</summary>
public sealed partial class Ravdess : ICorpus
{
    /// <summary>In the order of the emotion numbers in file names, from 01.</summary>
    private static readonly string[] Emotions = ["neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised"];

    /// <summary>Position of the intensity's last digit, counted from the end of `03-01-05-02-01-01-07`.</summary>
    private const int IntensityFromEnd = 10;

    /// <inheritdoc/>
    public string Name => "ravdess";

    /// <inheritdoc/>
    /// <remarks>Neutral has no strong intensity, so it has half as many files.</remarks>
    public IReadOnlyDictionary<string, int> Labels { get; } = Emotions.ToDictionary(e => e, e => e == "neutral" ? 96 : 192);

    /// <inheritdoc/>
    public CorpusEntry? Parse(string relativePath)
    {
        string id = Path.GetFileNameWithoutExtension(relativePath);
        Match match = Pattern().Match(id);
        if (!match.Success)
        {
            return null;
        }

        string actor = match.Groups[2].Value;
        string sex = int.Parse(actor) % 2 == 1 ? "male" : "female";
        return new CorpusEntry(id, actor, sex, Emotions[int.Parse(match.Groups[1].Value) - 1]);
    }

    /// <inheritdoc/>
    public string? IntensityOf(Utterance utterance) => utterance.Key[^IntensityFromEnd] == '1' ? "normal" : "strong";

    [GeneratedRegex("^03-01-0([1-8])-0[12]-0[12]-0[12]-(0[1-9]|1[0-9]|2[0-4])$")]
    private static partial Regex Pattern();
}
