namespace SpeechEmotion.Corpora;

/// <summary>How bad a finding is.</summary>
public enum Severity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>A file is left out, or a corpus is incomplete.</summary>
    Warning,

    /// <summary>Every result would be invalid.</summary>
    Error,
}

/// <summary>Something that a scan found.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Corpus">The corpus, or `all` where it is about the folder.</param>
/// <param name="Message">What was found, where, and what was done or should be done.</param>
public sealed record Finding(Severity Severity, string Corpus, string Message);

/// <summary>The result of a scan.</summary>
/// <param name="Manifest">The utterances that can be used.</param>
/// <param name="Findings">Findings, worst first.</param>
public sealed record ScanReport(Manifest Manifest, IReadOnlyList<Finding> Findings);
