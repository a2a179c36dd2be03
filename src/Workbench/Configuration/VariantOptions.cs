using System.ComponentModel.DataAnnotations;

namespace SpeechEmotion.Configuration;

/// <summary>A named change to a study's runs: a row of an ablation.</summary>
public sealed record VariantOptions
{
    /// <summary>Short name, part of the runs' folder.</summary>
    [RegularExpression("[A-Za-z0-9][A-Za-z0-9._-]*", ErrorMessage = "a folder name of letters, digits, dots, dashes and underscores")]
    public string Name { get; init; } = "";

    /// <summary>What it changes: `KEY=VALUE` each.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];
}
