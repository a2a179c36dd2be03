namespace SpeechEmotion.Evaluation;

/// <summary>Scores of an ensemble of runs.</summary>
/// <param name="Name">The model whose seeds are combined, or `all models`.</param>
/// <param name="Labels">Label set name.</param>
/// <param name="Members">Number of runs combined in each fold.</param>
/// <param name="Metrics">Metrics of the combined answers over all folds.</param>
/// <param name="UarInterval">95 % interval of the UAR over speakers; null with one speaker.</param>
public sealed record EnsembleScore(string Name, string Labels, int Members, MetricsSummary Metrics, Interval? UarInterval);

/// <summary>Combines answers after training: the mean of the members' probabilities on each clip. An ensemble costs as many models as it
/// has members, so its figures are reported apart from those of single models.</summary>
public static class Ensemble
{
    /// <summary>Name of the ensemble of every model.</summary>
    public const string All = "all models";

    /// <summary>The ensembles of a study, where there are several runs to combine: each model over its seeds, and all models over all
    /// seeds.</summary>
    /// <param name="results">Finished runs. An ensemble is left out if the runs of one of its folds tested different clips (as when the
    /// seed determines the folds) or if its folds have runs of different models or seeds.</param>
    public static IReadOnlyList<EnsembleScore> Of(IReadOnlyList<RunResult> results) =>
    [
        .. results.GroupBy(run => run.Labels)
            .SelectMany(set => set.GroupBy(run => run.Model)
                .Select(model => (Name: model.Key, Runs: model.ToArray()))
                .Append((Name: All, Runs: [.. set]))
                .DistinctBy(part => part.Runs.Length == set.Count() ? All : part.Name))
            .Select(part => Score(part.Name, part.Runs))
            .OfType<EnsembleScore>(),
    ];

    private static EnsembleScore? Score(string name, RunResult[] runs)
    {
        RunResult[][] folds = [.. runs.GroupBy(run => run.Fold).OrderBy(fold => fold.Key).Select(fold => fold.ToArray())];
        int members = folds[0].Length;
        HashSet<(string, int)> same = [.. folds[0].Select(run => (run.Model, run.Seed))];
        if (members < 2
            || folds.Any(fold => !same.SetEquals(fold.Select(run => (run.Model, run.Seed)))
                || fold.Any(run => PairedComparison.Mismatch(fold[0].Predictions, run.Predictions) is not null)))
        {
            return null;
        }

        Prediction[] rows = [.. folds.SelectMany(Join)];
        IReadOnlyList<string> classes = runs[0].Classes;
        return new EnsembleScore(
            name, runs[0].Labels, members, Evaluation.Metrics.Compute(rows, classes), Bootstrap.UarInterval(rows, classes.Count));
    }

    private static IEnumerable<Prediction> Join(RunResult[] members)
    {
        Dictionary<string, Prediction>[] others = [.. members.Skip(1).Select(run => run.Predictions.ToDictionary(row => row.Key))];
        return members[0].Predictions.Select(row => row with
        {
            Probabilities =
            [
                .. row.Probabilities.Select((p, c) => (p + others.Sum(other => other[row.Key].Probabilities[c])) / members.Length),
            ],
        });
    }
}
