using System.Text.Json.Serialization;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reporting;

/// <summary>What a report says of a study that its results do not hold.</summary>
/// <param name="DataNote">Something of the data that a reader must know first, such as that the voice is
/// synthetic; null says nothing.</param>
/// <param name="Protocol">The split in plain words.</param>
/// <param name="Command">The command line that repeats the study.</param>
/// <param name="PlannedRuns">Runs in the whole study; null counts models, label sets, folds and seeds of the study file, taking
/// the folds that the results hold where the file names none.</param>
/// <param name="Faults">A sentence for each model whose protocol has faults that flatter or hinder it; null
/// or empty where none has.</param>
/// <param name="Runs">All runs of the study as LABELS/MODEL/foldF-seedS, so that a report can name those that are
/// missing; null names none.</param>
public sealed record StudyNotes(
    string? DataNote,
    string Protocol,
    string Command,
    int? PlannedRuns = null,
    IReadOnlyList<string>? Faults = null,
    IReadOnlyList<string>? Runs = null)
{
    /// <summary>Runs that failed, by their keys, with what they said. The runs' folders keep it and study.json does not.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Failed { get; init; } = new Dictionary<string, string>();

    /// <summary>A sentence that names the failed runs; null where there is none.</summary>
    [JsonIgnore]
    public string? Failures => Failed.Count == 0 ? null
        : $"Failed: {string.Join("; ", Failed.Take(Most).Select(run => $"{run.Key} ({run.Value})"))}"
            + $"{(Failed.Count > Most ? $"; and {Failed.Count - Most} more" : "")}.";

    /// <summary>Runs that are named at the most.</summary>
    private const int Most = 24;

    /// <summary>Names the runs of the study that are neither finished nor failed, by model:
    /// `four/cnn fold2-seed1, fold3-seed1; six/cnn fold0-seed1`.</summary>
    /// <param name="finished">Finished runs.</param>
    /// <returns>Part of a sentence; null where none is missing or the runs are not known.</returns>
    public string? Missing(IReadOnlyList<RunResult> finished)
    {
        string[] missing = [.. (Runs ?? []).Except(finished.Select(run => run.Key)).Except(Failed.Keys)];
        IEnumerable<string> groups = missing.Take(Most).GroupBy(key => key[..key.LastIndexOf('/')], (system, keys) =>
            $"{system} {string.Join(", ", keys.Select(key => key[(system.Length + 1)..]))}");
        string more = missing.Length > Most ? $"; and {missing.Length - Most} more" : "";
        return missing.Length == 0 ? null : string.Join("; ", groups) + more;
    }
}
