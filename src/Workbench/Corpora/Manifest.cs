namespace SpeechEmotion.Corpora;

/// <summary>The utterances of one data folder, in key order.</summary>
/// <param name="Root">The data folder, absolute; relative utterance paths start here.</param>
/// <param name="Utterances">Rows in ordinal order of their keys.</param>
public sealed record Manifest(string Root, IReadOnlyList<Utterance> Utterances)
{
    /// <summary>The absolute path of an utterance's sound file.</summary>
    /// <param name="utterance">A row of this manifest.</param>
    public string PathOf(Utterance utterance) => System.IO.Path.GetFullPath(utterance.Path, Root);
}
