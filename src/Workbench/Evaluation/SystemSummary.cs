namespace SpeechEmotion.Evaluation;

/// <summary>Summary of one system (a model on a label set) over its folds and seeds: a row of the report's table.</summary>
/// <param name="Model">Model name as the study shows it.</param>
/// <param name="Labels">Label set name.</param>
/// <param name="Classes">Class names in order.</param>
/// <param name="Runs">Number of runs behind the figures.</param>
/// <param name="Speakers">Number of test speakers.</param>
/// <param name="Clips">Number of distinct test clips; in <paramref name="Metrics"/> each counts once per run that scores
/// it.</param>
/// <param name="Metrics">Metrics of all folds and seeds, pooled. If every seed has every fold, its UAR and accuracy are exactly the means
/// over seeds.</param>
/// <param name="UarInterval">95 % interval of the pooled UAR over speakers; a speaker's clips of all seeds are drawn together. Null with
/// one speaker.</param>
/// <param name="AccuracyInterval">The same interval for the accuracy.</param>
/// <param name="MacroF1Interval">The same interval for macro-F1.</param>
/// <param name="Folds">UAR of each fold, in order; seeds are pooled where they test the same speakers.</param>
/// <param name="FoldDeviation">Sample standard deviation (n - 1) of the UAR over <paramref name="Folds"/>: how much the test speakers
/// matter; null with one fold.</param>
/// <param name="SeedDeviation">The same over the seeds that have every fold, folds pooled: how much randomness in training matters; null
/// with fewer than two such seeds.</param>
/// <param name="ByCorpus">Pooled metrics of each corpus, in ordinal order.</param>
/// <param name="BySex">Pooled metrics of each sex, in ordinal order.</param>
/// <param name="Cost">Size and speed.</param>
public sealed record SystemSummary(
    string Model,
    string Labels,
    IReadOnlyList<string> Classes,
    int Runs,
    int Speakers,
    int Clips,
    MetricsSummary Metrics,
    Interval? UarInterval,
    Interval? AccuracyInterval,
    Interval? MacroF1Interval,
    IReadOnlyList<double> Folds,
    double? FoldDeviation,
    double? SeedDeviation,
    IReadOnlyList<GroupScore> ByCorpus,
    IReadOnlyList<GroupScore> BySex,
    SystemCost Cost);

/// <summary>Metrics of the clips of one corpus or sex.</summary>
/// <param name="Name">The corpus or the sex.</param>
/// <param name="Speakers">Number of speakers.</param>
/// <param name="Clips">Number of distinct clips.</param>
/// <param name="Metrics">Metrics of these clips.</param>
/// <param name="UarInterval">95 % interval of their UAR over speakers; null with one speaker.</param>
public sealed record GroupScore(string Name, int Speakers, int Clips, MetricsSummary Metrics, Interval? UarInterval);

/// <summary>Size and speed of a system.</summary>
/// <param name="Parameters">Trainable parameters.</param>
/// <param name="Macs">Multiply-accumulates of one 3 s clip.</param>
/// <param name="TrainSeconds">Mean training time of a run, in seconds.</param>
/// <param name="ClipsPerSecond">Mean training speed over the runs.</param>
/// <param name="LatencySeconds">Mean time of the forward pass of one 3 s clip, in seconds; null where a run did not measure it.</param>
public sealed record SystemCost(long Parameters, long Macs, double TrainSeconds, double ClipsPerSecond, double? LatencySeconds = null);
