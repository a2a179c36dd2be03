namespace SpeechEmotion.Evaluation;

/// <summary>What several runs reach together.</summary>
/// <param name="Name">The model whose seeds are joined, or `all models`.</param>
/// <param name="Labels">Label set name.</param>
/// <param name="Members">Runs joined in each fold.</param>
/// <param name="Metrics">Of the joined answers, over all folds.</param>
/// <param name="UarInterval">95 % interval of the UAR over speakers; null with one.</param>
public sealed record EnsembleScore(string Name, string Labels, int Members, MetricsSummary Metrics, Interval? UarInterval);

/// <summary>Answers joined after training: the mean of the members' probabilities on each clip. It costs as many models as it has members,
/// so its figures stand apart from those of single ones.</summary>
public static class Ensemble
{
    /// <summary>Name of the ensemble of every model.</summary>
    public const string All = "all models";

    /// <summary>The ensembles of a study: each model over its seeds, and all models over all seeds, where there are several.</summary>
    /// <param name="results">Finished runs. Runs of one fold that tested different clips, as where the seed deals the folds, cannot be
    /// joined and are left out.</param>
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
        if (members < 2
            || folds.Any(fold => fold.Length != members
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
