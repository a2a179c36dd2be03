using System.Text.Json.Serialization;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reporting;

/// <summary>What a study's report needs to say that the results do not contain.</summary>
/// <param name="DataNote">What a reader must know of the data first, such as that the voice is synthetic; null for nothing.</param>
/// <param name="Command">The command line that repeats the study.</param>
/// <param name="Runs">All runs of the study, so that a report can name those that are missing; null where they are not known.</param>
public sealed record StudyNotes(
    string? DataNote,
    string Command,
    IReadOnlyList<RunKey>? Runs = null)
{
    /// <summary>Who is tested and how the epoch is chosen, in plain words. It comes from the runs' configs and is not stored.</summary>
    [JsonIgnore]
    public string Protocol { get; init; } = "";

    /// <summary>A sentence for each model whose protocol has faults that flatter or hinder it. It comes from the configs too.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Failed runs and their error messages. The messages are kept in the runs' folders, not in study.json.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<RunKey, string> Failed { get; init; } = new Dictionary<RunKey, string>();

    /// <summary>A sentence that names the failed runs; null where there is none.</summary>
    [JsonIgnore]
    public string? Failures => Failed.Count == 0 ? null
        : $"Failed: {string.Join("; ", Failed.Take(Most).Select(run => $"{run.Key} ({run.Value})"))}"
            + $"{(Failed.Count > Most ? $"; and {Failed.Count - Most} more" : "")}.";

    /// <summary>Most runs that a sentence names.</summary>
    private const int Most = 24;

    /// <summary>Names the runs of the study that are neither finished nor failed, by model:
    /// `four/cnn fold2-seed1, fold3-seed1; six/cnn fold0-seed1`.</summary>
    /// <param name="finished">The finished runs.</param>
    /// <returns>Part of a sentence; null where none is missing or the runs are not known.</returns>
    public string? Missing(IEnumerable<RunKey> finished)
    {
        RunKey[] missing = [.. (Runs ?? []).Except(finished).Except(Failed.Keys)];
        IEnumerable<string> groups = missing.Take(Most).GroupBy(key => key.System, (system, keys) =>
            $"{system} {string.Join(", ", keys.Select(key => key.Part))}");
        string more = missing.Length > Most ? $"; and {missing.Length - Most} more" : "";
        return missing.Length == 0 ? null : string.Join("; ", groups) + more;
    }
}
