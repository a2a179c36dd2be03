namespace SpeechEmotion.Configuration;

/// <summary>Which sound and which labels.</summary>
public sealed record DataOptions
{
    /// <summary>Folder with the corpora; null takes the built-in synthetic corpus.</summary>
    public string? Root { get; init; }

    /// <summary>Folder of a feature table in place of sound (f_EMOTION.csv and labels_EMOTION.csv), relative to <see cref="Root"/> where
    /// that is given; null takes sound.</summary>
    public string? Table { get; init; }

    /// <summary>Corpora to use; empty takes all that the folder holds.</summary>
    public IReadOnlyList<string> Corpora { get; init; } = [];

    /// <summary>Label set: a name under configs/labels or a path.</summary>
    public string Labels { get; init; } = "four";
}
