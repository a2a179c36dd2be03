using SpeechEmotion.Configuration;
using SpeechEmotion.Reporting;

namespace SpeechEmotion.Studies;

/// <summary>study.json in a study's folder: what a report needs besides the runs.</summary>
/// <param name="Study">The study.</param>
/// <param name="Notes">What the study's report says besides the figures.</param>
internal sealed record StudyDescription(StudyConfig Study, StudyNotes Notes)
{
    /// <summary>Reads study.json.</summary>
    /// <exception cref="InputException">The file is damaged.</exception>
    public static StudyDescription Read(string path) => JsonFile.Read<StudyDescription>(
        path, "remove it, and `ser compare STUDY` writes it again", read =>
            read.Study.Models.Concat(read.Study.Labels).Contains(null!) ? "study.models, study.labels: null is no name"
            : null);

    /// <summary>Writes study.json or replaces it.</summary>
    public void Write(string path) => JsonFile.Write(path, this);
}
