using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace SpeechEmotion.Configuration;

/// <summary>A study: a matrix of runs, models × label sets × folds × seeds, and the page that reports them.</summary>
public sealed record StudyConfig
{
    /// <summary>Short name, which names the result folder.</summary>
    [RegularExpression("[A-Za-z0-9][A-Za-z0-9._-]*", ErrorMessage = "a folder name of letters, digits, dots, dashes and underscores")]
    public string Name { get; init; } = "study";

    /// <summary>What the study asks, in one sentence, for the head of the report.</summary>
    public string Question { get; init; } = "";

    /// <summary>The run config that every run starts from, relative to the study file.</summary>
    public string Base { get; init; } = "../../configs/base.yaml";

    /// <summary>Model files, relative to the study file; each is laid over the base.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Label sets: names of configs/labels, or label files of your own, relative to the working folder; results
    /// call a file by its name.</summary>
    public IReadOnlyList<string> Labels { get; init; } = ["four"];

    /// <summary>Folds to run; empty runs all of the split's folds.</summary>
    [Range(0, 99)]
    public IReadOnlyList<int> Folds { get; init; } = [];

    /// <summary>Seeds to run.</summary>
    [Range(0, int.MaxValue)]
    public IReadOnlyList<int> Seeds { get; init; } = [1];

    /// <summary>A search over settings: validation chooses, and the test side stays untouched; null runs the
    /// models as their files say.</summary>
    public SearchOptions? Search { get; init; }

    /// <summary>Named changes, each run for every model: an ablation, scored on validation as a search is. The others are compared with the
    /// first.</summary>
    public IReadOnlyList<VariantOptions> Variants { get; init; } = [];

    /// <summary>Conditions, such as noise, under which every model is scored once more on altered test clips. They play no part in
    /// training. A study file may name a file that holds them (`conditions: ../../configs/conditions/rooms.yaml`).</summary>
    public IReadOnlyList<ConditionOptions> Conditions { get; init; } = [];

    /// <summary>Where runs and the report go, relative to the working folder; null takes `runs/NAME`.</summary>
    public string? Output { get; init; }

    /// <summary>What a run requests from a cluster. It is not part of the study's question, so study.json leaves it out.</summary>
    [JsonIgnore]
    public SlurmOptions Slurm { get; init; } = new();

    /// <summary>Heading of a report: what the study asks, or its name where it says nothing.</summary>
    internal string Title => Question.Length > 0 ? Question : Name;

    /// <summary>Parses the conditions.</summary>
    /// <exception cref="InputException">A condition has a mistake.</exception>
    public IReadOnlyList<Condition> ReadConditions() =>
        [.. Conditions.Select(condition => new Condition(condition.Name, Alteration.Read(condition.Alter, "alter")))];
}
