namespace SpeechEmotion.Configuration;

/// <summary>A condition under which the models of a study are scored once more.</summary>
/// <param name="Name">Its name, as reports show it.</param>
/// <param name="Alteration">How the test clips are altered.</param>
public sealed record Condition(string Name, Alteration Alteration)
{
    /// <summary>Name and settings: `noise (noise_db=20)`.</summary>
    public string Title => $"{Name} ({Alteration.Title})";
}
