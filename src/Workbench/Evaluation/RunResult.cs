namespace SpeechEmotion.Evaluation;

/// <summary>A finished run as reports use it: always read back from its run folder, never kept in memory only.</summary>
/// <param name="Key">Which run of its study it is.</param>
/// <param name="Classes">Class names in fixed order.</param>
/// <param name="Predictions">Predictions of the scored side of the split (split.scored).</param>
/// <param name="History">One row per epoch.</param>
/// <param name="Facts">Size, speed, machine.</param>
public sealed record RunResult(
    RunKey Key,
    IReadOnlyList<string> Classes,
    IReadOnlyList<Prediction> Predictions,
    IReadOnlyList<EpochRow> History,
    RunFacts Facts)
{
    /// <summary>Predictions of the same clips, altered, for each condition, keyed by the alteration's name; empty where no condition was
    /// asked for.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Prediction>> Conditions { get; init; } =
        new Dictionary<string, IReadOnlyList<Prediction>>();

    /// <summary>What <see cref="Conditions"/> were scored with; null where the run has no conditions.</summary>
    public ConditionFacts? ConditionFacts { get; init; }

    /// <summary>Model name as the study shows it.</summary>
    public string Model => Key.Model;

    /// <summary>Label set name.</summary>
    public string Labels => Key.Labels;

    /// <summary>Fold, from 0.</summary>
    public int Fold => Key.Fold;

    /// <summary>Seed.</summary>
    public int Seed => Key.Seed;

    /// <summary>True if the run has validation scores; otherwise its last epoch was used.</summary>
    public bool Validated => History.Any(row => double.IsFinite(row.ValidationUar));

    /// <summary>True if every model has the same folds and seeds; otherwise the models' figures are computed on different clips.</summary>
    /// <param name="runs">Runs on one label set.</param>
    public static bool SameRuns(IEnumerable<RunResult> runs) => runs.GroupBy(run => run.Model)
        .Select(model => string.Join(' ', model.Select(run => run.Key.Part).Order(StringComparer.Ordinal)))
        .Distinct().Count() < 2;
}
