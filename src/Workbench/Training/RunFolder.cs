using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Labels;

namespace SpeechEmotion.Training;

/// <summary>The files of one run. A run is finished once metrics.json exists: it is written last.</summary>
/// <param name="Path">The folder.</param>
public sealed record RunFolder(string Path)
{
    /// <summary>The folder of a run of a study.</summary>
    /// <param name="study">The study's folder.</param>
    /// <param name="key">Which run.</param>
    public static RunFolder Of(string study, RunKey key) => new(System.IO.Path.Combine(study, key.ToString()));

    /// <summary>The resolved config.</summary>
    public string Config => In("config.yaml");

    /// <summary>What the run was computed with, and its cost.</summary>
    public string Environment => In("environment.json");

    /// <summary>The split that the run used.</summary>
    public string Split => In("split.json");

    /// <summary>A copy of the run's label set, where that is a file of the user's own.</summary>
    /// <param name="labels">The label set's path.</param>
    public string OwnLabels(string labels) => In("labels", LabelSets.NameOf(labels) + ".yaml");

    /// <summary>One row per epoch.</summary>
    public string History => In("history.csv");

    /// <summary>Weights of the epoch that is kept: the best by validation UAR, or the last (train.select).</summary>
    public string Best => In("checkpoints", "best.ser");

    /// <summary>Weights, optimiser and state of the last finished epoch.</summary>
    public string Last => In("checkpoints", "last.ser");

    /// <summary>Predictions of the side that is scored (split.scored).</summary>
    public string Predictions => In("predictions.csv");

    /// <summary>Validation predictions of the best weights, for thresholds and calibration.</summary>
    public string Validation => In("validation.csv");

    /// <summary>The folder of scores under further conditions.</summary>
    public string Conditions => In("conditions");

    /// <summary>Test predictions under a condition.</summary>
    /// <param name="condition">The condition.</param>
    public string Condition(Condition condition) => In("conditions", condition.Alteration.Name + ".csv");

    /// <summary>What the predictions under conditions were computed with.</summary>
    public string ConditionEnvironment => In("conditions", "environment.json");

    /// <summary>Metrics of <see cref="Predictions"/>; the file's presence marks a finished run.</summary>
    public string Metrics => In("metrics.json");

    /// <summary>Why the run failed, in a study that continued without it; deleted once the run is tried again.</summary>
    public string Failure => In("failed.txt");

    /// <summary>The messages of the run.</summary>
    public string Log => In("log.txt");

    /// <summary>True once every file of the run is written.</summary>
    public bool Finished => File.Exists(Metrics);

    /// <summary>Reads a finished run for a report.</summary>
    /// <param name="key">Which run it is.</param>
    /// <param name="conditions">Conditions whose predictions are read too, if they exist.</param>
    /// <returns>The run, read from files only.</returns>
    /// <exception cref="InputException">A file is missing or damaged.</exception>
    public RunResult Read(RunKey key, IReadOnlyList<Condition>? conditions = null)
    {
        PredictionTable table = PredictionsFile.Read(Predictions);
        return new RunResult(key, table.Classes, table.Rows, HistoryFile.Read(History), FactsFile.Read<RunFacts>(Environment))
        {
            Conditions = (conditions ?? [])
                .Select(c => (c.Alteration.Name, File: CsvTable.Stored(Condition(c))))
                .Where(c => c.File is not null)
                .ToDictionary(c => c.Name, c => ReadCondition(c.File!, table)),
            ConditionFacts = File.Exists(ConditionEnvironment) ? FactsFile.Read<ConditionFacts>(ConditionEnvironment) : null,
        };
    }

    /// <summary>Reads a finished run that may be of no study, as <see cref="Read(RunKey, IReadOnlyList{Condition})"/> does.</summary>
    /// <param name="config">The run's config, which says which run it is.</param>
    /// <returns>The run, read from files only.</returns>
    /// <exception cref="InputException">A file is missing or damaged.</exception>
    public RunResult Read(RunConfig config) =>
        Read(new RunKey(LabelSets.NameOf(config.Data.Labels), config.Model.Name, config.Split.Fold, config.Seed));

    /// <summary>Locks the run for this process until the result is disposed, or returns null if another process has locked it
    /// (<see cref="FolderLock"/>), and deletes what killed processes left half-written.</summary>
    /// <returns>The lock, or null.</returns>
    public IDisposable? TryLock()
    {
        IDisposable? held = FolderLock.Try(Path);
        string[] folders = held is null ? [] : [Path, In("checkpoints"), Conditions];
        foreach (string folder in folders.Where(Directory.Exists))
        {
            AtomicFile.Sweep(folder);
        }

        return held;
    }

    /// <summary>Reads the predictions under a condition, which must be of exactly the clips that the run was tested on.</summary>
    private static IReadOnlyList<Prediction> ReadCondition(string path, PredictionTable tested)
    {
        PredictionTable table = PredictionsFile.Read(path);
        string? fault = table.Classes.SequenceEqual(tested.Classes) ? PairedComparison.Mismatch(tested.Rows, table.Rows) : "other classes";
        return fault is null
            ? table.Rows
            : throw new InputException(
                $"{path}: not of the clips that the run was tested on ({fault}); remove it, and `ser compare` scores them again");
    }

    private string In(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);
}
