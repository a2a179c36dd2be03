using System.ComponentModel.DataAnnotations;

namespace SpeechEmotion.Configuration;

/// <summary>A condition under which the models of a study are heard once more: their test clips, altered.</summary>
public sealed record ConditionOptions
{
    /// <summary>Short name, a column of the report.</summary>
    [RegularExpression("[A-Za-z0-9][A-Za-z0-9._ -]*", ErrorMessage = "a name of letters, digits, spaces, dots, dashes and underscores")]
    public string Name { get; init; } = "";

    /// <summary>How the clips are altered: `KEY=VALUE` each, of the keys of `augment` that alter the sound of copies.</summary>
    public IReadOnlyList<string> Alter { get; init; } = [];

    /// <summary>Name and alteration, for people: `noise (noise_db=20)`.</summary>
    public string Say() => $"{Name} ({string.Join(", ", Alter)})";

    /// <summary>The alteration.</summary>
    /// <exception cref="InputException">A mistake in it.</exception>
    public Alteration Read() => Alteration.Read(Alter, "alter");
}
