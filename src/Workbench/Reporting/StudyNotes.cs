using System.Text.Json.Serialization;

namespace SpeechEmotion.Reporting;

/// <summary>What a study's report needs to say that the results do not contain.</summary>
/// <param name="DataNote">What a reader must know of the data first, such as that the voice is synthetic; null for nothing.</param>
/// <param name="Command">The command line that repeats the study.</param>
/// <param name="PlannedRuns">Number of runs in the whole study. Null computes it as models × label sets × folds × seeds of the study file,
/// with the results' folds where the file names none.</param>
/// <param name="Runs">Keys of all runs of the study, LABELS/MODEL/foldF-seedS, so that a report can name those that are missing; null where
/// they are not known.</param>
public sealed record StudyNotes(
    string? DataNote,
    string Command,
    int? PlannedRuns = null,
    IReadOnlyList<string>? Runs = null)
{
    /// <summary>Who is tested and how the epoch is chosen, in plain words. It comes from the runs' configs and is not stored.</summary>
    [JsonIgnore]
    public string Protocol { get; init; } = "";

    /// <summary>A sentence for each model whose protocol has faults that flatter or hinder it. It comes from the configs too.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Failed runs: key → error message. The messages are kept in the runs' folders, not in study.json.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Failed { get; init; } = new Dictionary<string, string>();

    /// <summary>A sentence that names the failed runs; null where there is none.</summary>
    [JsonIgnore]
    public string? Failures => Failed.Count == 0 ? null
        : $"Failed: {string.Join("; ", Failed.Take(Most).Select(run => $"{run.Key} ({run.Value})"))}"
            + $"{(Failed.Count > Most ? $"; and {Failed.Count - Most} more" : "")}.";

    /// <summary>Most runs that a sentence names.</summary>
    private const int Most = 24;

    /// <summary>Names the runs of the study that are neither finished nor failed, by model:
    /// `four/cnn fold2-seed1, fold3-seed1; six/cnn fold0-seed1`.</summary>
    /// <param name="finished">Keys of the finished runs.</param>
    /// <returns>Part of a sentence; null where none is missing or the runs are not known.</returns>
    public string? Missing(IEnumerable<string> finished)
    {
        string[] missing = [.. (Runs ?? []).Except(finished).Except(Failed.Keys)];
        IEnumerable<string> groups = missing.Take(Most).GroupBy(key => key[..key.LastIndexOf('/')], (system, keys) =>
            $"{system} {string.Join(", ", keys.Select(key => key[(system.Length + 1)..]))}");
        string more = missing.Length > Most ? $"; and {missing.Length - Most} more" : "";
        return missing.Length == 0 ? null : string.Join("; ", groups) + more;
    }
}
