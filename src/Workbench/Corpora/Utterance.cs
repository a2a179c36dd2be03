namespace SpeechEmotion.Corpora;

/// <summary>One clip of a corpus: a row of the manifest. A row of a feature table (<see cref="FeatureTable"/>) is one too; its corpus is
/// `table`, its speaker its own key, and its checksum that of its values.</summary>
/// <param name="Key">Unique name over all corpora: corpus, a slash, and the file's published name without its ending
/// (`ravdess/03-01-05-01-01-01-07`, `savee/DC_a01`).</param>
/// <param name="Corpus">Corpus name in lower case: ravdess, cremad, tess, savee, emodb, synthetic, or that of a
/// <see cref="ListedCorpus"/>.</param>
/// <param name="Path">The sound file: relative to the data folder where it lies below it, else absolute.</param>
/// <param name="Sha256">SHA-256 of the file's bytes, lower-case hexadecimal.</param>
/// <param name="Speaker">Speaker, unique over all corpora: `ravdess/07`, `tess/OAF`, `savee/DC`, `cremad/1001`.</param>
/// <param name="Sex">`female` or `male`; `unknown`, or what its table says, in a <see cref="ListedCorpus"/>.</param>
/// <param name="Label">The emotion as the corpus itself names it (ravdess: neutral calm happy sad angry fearful disgust surprised; cremad:
/// ANG DIS FEA HAP NEU SAD; tess: angry disgust fear happy neutral ps sad; savee: a d f h n sa su; emodb: W L E A F T N; synthetic: anger
/// happy neutral sad fear disgust).</param>
/// <param name="Seconds">Duration in seconds.</param>
/// <param name="SampleRate">The file's own rate in Hz.</param>
public sealed record Utterance(
    string Key, string Corpus, string Path, string Sha256, string Speaker, string Sex, string Label, double Seconds, int SampleRate)
{
    /// <summary>SHA-256 of the decoded samples, lower-case hexadecimal: the same for one sound in two containers or under two headers.
    /// Equal to <see cref="Sha256"/> where the samples are not known.</summary>
    public string Sound { get; init; } = Sha256;
}
