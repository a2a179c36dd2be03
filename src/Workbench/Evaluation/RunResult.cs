namespace SpeechEmotion.Evaluation;

/// <summary>A finished run as reports use it: always read back from its run folder, never kept in memory only.</summary>
/// <param name="Model">Model name as the study shows it.</param>
/// <param name="Labels">Label set name.</param>
/// <param name="Classes">Class names in fixed order.</param>
/// <param name="Fold">Fold, from 0.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Predictions">Predictions of the scored side of the split (split.scored).</param>
/// <param name="History">One row per epoch.</param>
/// <param name="Facts">Size, speed, machine.</param>
public sealed record RunResult(
    string Model,
    string Labels,
    IReadOnlyList<string> Classes,
    int Fold,
    int Seed,
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

    /// <summary>The run's folder relative to its study's.</summary>
    public string Key => KeyOf(Labels, Model, Fold, Seed);

    /// <summary>True if the run has validation scores; otherwise its last epoch was used.</summary>
    public bool Validated => History.Any(row => double.IsFinite(row.ValidationUar));

    /// <summary>True if every model has the same folds and seeds; otherwise the models' figures are computed on different clips.</summary>
    /// <param name="runs">Runs on one label set.</param>
    public static bool SameRuns(IEnumerable<RunResult> runs) => runs.GroupBy(run => run.Model)
        .Select(model => string.Join(' ', model.Select(run => $"{run.Fold}/{run.Seed}").Order(StringComparer.Ordinal)))
        .Distinct().Count() < 2;

    /// <summary>The folder of a run relative to its study's, with slashes: LABELS/MODEL/foldF-seedS.</summary>
    /// <param name="labels">Label set name.</param>
    /// <param name="model">Model name.</param>
    /// <param name="fold">Fold, from 0.</param>
    /// <param name="seed">Seed.</param>
    public static string KeyOf(string labels, string model, int fold, int seed) => $"{labels}/{model}/fold{fold}-seed{seed}";
}

/// <summary>A row of history.csv.</summary>
/// <param name="Epoch">Epoch, from 1.</param>
/// <param name="TrainLoss">Mean training loss over the epoch's batches.</param>
/// <param name="ValidationLoss">Mean validation cross-entropy.</param>
/// <param name="ValidationUar">Validation UAR, 0 to 1.</param>
/// <param name="LearningRate">Learning rate at the epoch's end; NaN for a model that is solved in closed form.</param>
/// <param name="Seconds">Wall time of the epoch, in seconds.</param>
public sealed record EpochRow(
    int Epoch, double TrainLoss, double ValidationLoss, double ValidationUar, double LearningRate, double Seconds);

/// <summary>environment.json: what a run was made with and what it cost.</summary>
/// <param name="Parameters">Trainable parameters of the model.</param>
/// <param name="Macs">Multiply-accumulates of one 3 s clip's forward pass.</param>
/// <param name="TrainSeconds">Wall time of training, validation included, in seconds.</param>
/// <param name="ClipsPerSecond">Training clips per second.</param>
/// <param name="BestEpoch">Epoch whose weights made the predictions.</param>
/// <param name="StopReason">Why training ended.</param>
/// <param name="SpeakersApart">True where train, validation and test share no speaker.</param>
/// <param name="Device">`cpu` with its threads, or `cuda:N`; several, separated by `; `, where a run was resumed on another.</param>
/// <param name="Machine">Processor, cores, operating system; several as <paramref name="Device"/>.</param>
/// <param name="Commit">Git commit that the program was built from, with `+` where tracked files had changes; `unknown` when
/// built outside a checkout; several, separated by `, `, where another build resumed a run.</param>
/// <param name="DataHash">SHA-256 over the used utterances' hashes.</param>
/// <param name="Versions">Package → version: TorchSharp, libtorch, .NET.</param>
/// <param name="LatencySeconds">Time of the forward pass of one 3 s clip, in seconds, the fastest of ten; null in older runs, which did not
/// measure it.</param>
public sealed record RunFacts(
    long Parameters,
    long Macs,
    double TrainSeconds,
    double ClipsPerSecond,
    int BestEpoch,
    string StopReason,
    bool SpeakersApart,
    string Device,
    string Machine,
    string Commit,
    string DataHash,
    IReadOnlyDictionary<string, string> Versions,
    double? LatencySeconds = null);
