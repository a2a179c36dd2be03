namespace SpeechEmotion.Corpora;

/// <summary>How bad a finding is.</summary>
public enum Severity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>A file is left out, or a corpus is not whole.</summary>
    Warning,

    /// <summary>Every result would be spoilt.</summary>
    Error,
}

/// <summary>Something that a scan found.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Corpus">The corpus, or `all` where it is about the folder.</param>
/// <param name="Message">What, where, and what was done or is to do.</param>
public sealed record Finding(Severity Severity, string Corpus, string Message);

/// <summary>How much of a corpus's label there is.</summary>
/// <param name="Corpus">Corpus name.</param>
/// <param name="Label">The corpus's own label.</param>
/// <param name="Found">Clips on the disk, each counted once.</param>
/// <param name="Usable">Those of them that the manifest holds.</param>
/// <param name="Published">Files in the published corpus; 0 where there is no such number.</param>
public sealed record LabelCount(string Corpus, string Label, int Found, int Usable, int Published);

/// <summary>What a scan gives.</summary>
/// <param name="Manifest">The utterances that can be used.</param>
/// <param name="Findings">Findings, worst first.</param>
/// <param name="Counts">A row for each corpus and label, published or found, in catalog order.</param>
/// <param name="Copies">Files that are another copy of a clip, not counted as found.</param>
/// <param name="Others">Sound files that no known corpus claims (RAVDESS's song and video sound among them); not used.</param>
public sealed record ScanReport(
    Manifest Manifest, IReadOnlyList<Finding> Findings, IReadOnlyList<LabelCount> Counts, int Copies, int Others);
