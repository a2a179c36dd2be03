using System.ComponentModel.DataAnnotations;

namespace SpeechEmotion.Configuration;

/// <summary>A condition as a study file gives it.</summary>
public sealed record ConditionOptions
{
    /// <summary>Short name, a column of the report.</summary>
    [RegularExpression("[A-Za-z0-9][A-Za-z0-9._ -]*", ErrorMessage = "a name of letters, digits, spaces, dots, dashes and underscores")]
    public string Name { get; init; } = "";

    /// <summary>How the test clips are altered: `KEY=VALUE` each; KEY is an `augment` key that alters the sound of copies.</summary>
    public IReadOnlyList<string> Alter { get; init; } = [];
}
