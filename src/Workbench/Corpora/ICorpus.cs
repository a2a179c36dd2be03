namespace SpeechEmotion.Corpora;

/// <summary>How to recognise the files of one corpus and their labels. A new corpus is one class that implements this and a line in
/// <c>CorpusCatalog</c>.</summary>
public interface ICorpus
{
    /// <summary>Name in lower case, as in configs and keys.</summary>
    string Name { get; }

    /// <summary>The corpus's own labels and how many files of each were published. Empty where labels are not checked.</summary>
    IReadOnlyDictionary<string, int> Labels => System.Collections.Immutable.ImmutableDictionary<string, int>.Empty;

    /// <summary>Files in the published corpus; 0 where there is no such number.</summary>
    int PublishedCount => Labels.Values.Sum();

    /// <summary>Reads what a file's name and folder say.</summary>
    /// <param name="relativePath">Path below the data folder, with forward slashes.</param>
    /// <returns>What the name says, or null where the file is not one of this corpus's.</returns>
    CorpusEntry? Parse(string relativePath);

    /// <summary>The intensity with which the emotion was to be acted.</summary>
    /// <param name="utterance">An utterance of this corpus.</param>
    /// <returns>`normal` or `strong`; null where the corpus does not say.</returns>
    string? IntensityOf(Utterance utterance) => null;
}

/// <summary>What a file's name says.</summary>
/// <param name="Id">The published name without its extension, unique in the corpus (`DC_a01` whatever the layout on disk).</param>
/// <param name="Speaker">Speaker within the corpus (`07`, `OAF`).</param>
/// <param name="Sex">`female` or `male`; where a table describes the corpus, `unknown` or what it says.</param>
/// <param name="Label">The corpus's own label.</param>
public sealed record CorpusEntry(string Id, string Speaker, string Sex, string Label);
