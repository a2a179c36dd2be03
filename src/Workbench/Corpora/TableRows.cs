namespace SpeechEmotion.Corpora;

/// <summary>The rows of a <see cref="FeatureTable"/> as a corpus: it has labels but no sound files.</summary>
public sealed class TableRows : ICorpus
{
    /// <summary>The name in keys and label sets.</summary>
    public const string CorpusName = "table";

    /// <inheritdoc/>
    public string Name => CorpusName;

    /// <inheritdoc/>
    public CorpusEntry? Parse(string relativePath) => null;
}
