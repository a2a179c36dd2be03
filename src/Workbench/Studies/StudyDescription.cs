using System.Text.Json;
using SpeechEmotion.Configuration;
using SpeechEmotion.Reporting;

namespace SpeechEmotion.Studies;

/// <summary>study.json in a study's folder: what a report needs besides the runs.</summary>
/// <param name="Study">The study.</param>
/// <param name="Notes">What the study's report says besides the figures.</param>
internal sealed record StudyDescription(StudyConfig Study, StudyNotes Notes)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads study.json.</summary>
    /// <exception cref="InputException">The file is damaged.</exception>
    public static StudyDescription Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<StudyDescription>(File.ReadAllText(path), Json) ?? throw new JsonException("empty");
        }
        catch (JsonException e)
        {
            throw new InputException($"{path}: {e.Message}; remove it, and `ser compare STUDY` writes it again", e);
        }
    }

    /// <summary>Writes study.json or replaces it.</summary>
    public void Write(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this, Json) + "\n");
}
