namespace SpeechEmotion.Evaluation;

/// <summary>Comparison of two models on one label set.</summary>
/// <param name="Labels">Label set name.</param>
/// <param name="First">First model: a positive difference is in its favour.</param>
/// <param name="Second">Second model.</param>
/// <param name="Runs">Number of pairs of runs compared: the folds and seeds that both models have.</param>
/// <param name="Comparison">Difference in pooled UAR with its interval and p-value.</param>
/// <param name="AdjustedP">P-value after <see cref="Holm"/>'s correction over all pairs of the label set.</param>
public sealed record StudyPair(string Labels, string First, string Second, int Runs, Comparison Comparison, double AdjustedP);

/// <summary>A model of many classes scored on the fewer classes of another label set.</summary>
/// <param name="Model">Model name.</param>
/// <param name="From">Label set that it was trained on.</param>
/// <param name="To">Label set whose classes are shared.</param>
/// <param name="Classes">The shared classes.</param>
/// <param name="Free">Metrics when the model answers among all its classes: see <see cref="SharedClasses.Free"/>.</param>
/// <param name="FreeInterval">95 % interval over speakers of the UAR of <paramref name="Free"/>; null with one speaker.</param>
/// <param name="Restricted">Metrics when the model answers among the shared classes: see <see cref="SharedClasses.Restrict"/>.</param>
/// <param name="RestrictedInterval">95 % interval over speakers of the UAR of <paramref name="Restricted"/>; null with one speaker.</param>
/// <param name="AgainstOwn">Comparison of the restricted answers with the same model trained on <paramref name="To"/>, on the folds and
/// seeds of both: positive where learning more classes helped. Null where the two have no run, or no equal test set, in common.</param>
public sealed record SharedScore(
    string Model,
    string From,
    string To,
    IReadOnlyList<string> Classes,
    MetricsSummary Free,
    Interval? FreeInterval,
    MetricsSummary Restricted,
    Interval? RestrictedInterval,
    Comparison? AgainstOwn);

/// <summary>The tables of a study's report, computed from its runs' predictions.</summary>
public static class StudyTable
{
    /// <summary>One summary for every model and label set.</summary>
    /// <param name="results">Finished runs, in any number.</param>
    /// <returns>In the order in which systems first appear.</returns>
    /// <exception cref="InputException">A system has a run twice or runs over different classes.</exception>
    public static IReadOnlyList<SystemSummary> Rows(IReadOnlyList<RunResult> results) =>
        [.. results.GroupBy(run => (run.Labels, run.Model)).Select(group => Aggregate.Summarise([.. group]))];

    /// <summary>Compares all pairs of models within each label set, each over the folds and seeds that both have; pairs without a common
    /// fold and seed are left out.</summary>
    /// <param name="results">Finished runs, in any number.</param>
    /// <returns>Pairs by label set, then by model, in the order in which they first appear.</returns>
    /// <exception cref="InputException">The two models of a pair were tested on different utterances in one fold.</exception>
    public static IReadOnlyList<StudyPair> Pairs(IReadOnlyList<RunResult> results) => Pairs(results, run => run.Predictions);

    /// <summary>As <see cref="Pairs(IReadOnlyList{RunResult})"/>, but on the predictions that <paramref name="answers"/> takes from each
    /// run, such as those under a condition.</summary>
    internal static IReadOnlyList<StudyPair> Pairs(IReadOnlyList<RunResult> results, Func<RunResult, IEnumerable<Prediction>> answers) =>
        [.. results.GroupBy(run => run.Labels).SelectMany(group => PairsOf([.. group], answers))];

    /// <summary>Every system whose classes include all of another label set's, scored on those.</summary>
    /// <param name="results">Finished runs, in any number.</param>
    /// <exception cref="InputException">A system's runs have different classes.</exception>
    public static IReadOnlyList<SharedScore> Shared(IReadOnlyList<RunResult> results)
    {
        RunResult[] sets = [.. results.DistinctBy(run => run.Labels)];
        return [.. results.GroupBy(run => (run.Labels, run.Model)).SelectMany(group => sets
            .Where(to => to.Classes.Count < group.First().Classes.Count && !to.Classes.Except(group.First().Classes).Any())
            .Select(to => Shared([.. group], [.. results.Where(run => run.Model == group.Key.Model && run.Labels == to.Labels)], to)))];
    }

    private static IEnumerable<StudyPair> PairsOf(RunResult[] results, Func<RunResult, IEnumerable<Prediction>> answers)
    {
        RunResult[][] models = [.. results.GroupBy(run => run.Model).Select(group => group.ToArray())];
        List<StudyPair> pairs = [];
        for (int i = 0; i < models.Length; i++)
        {
            for (int j = i + 1; j < models.Length; j++)
            {
                (RunResult[] first, RunResult[] second) = Common(models[i], models[j]);
                if (first.Length > 0)
                {
                    Comparison comparison = PairedComparison.Compare(
                        [.. first.SelectMany(answers)], [.. second.SelectMany(answers)], first[0].Classes.Count);
                    pairs.Add(new StudyPair(first[0].Labels, first[0].Model, second[0].Model, first.Length, comparison, comparison.PValue));
                }
            }
        }

        return pairs.Zip(Holm.Adjust([.. pairs.Select(pair => pair.AdjustedP)]), (pair, adjusted) => pair with { AdjustedP = adjusted });
    }

    private static SharedScore Shared(RunResult[] runs, RunResult[] own, RunResult to)
    {
        IReadOnlyList<string> from = runs[0].Classes, classes = to.Classes;
        IReadOnlyList<Prediction> pool = Aggregate.Pool(runs), restricted = SharedClasses.Restrict(pool, from, classes).Rows;
        (RunResult[] first, RunResult[] second) = Common(runs, own);
        IReadOnlyList<Prediction> ours = SharedClasses.Restrict(Aggregate.Pool(first), from, classes).Rows, theirs = Aggregate.Pool(second);
        return new SharedScore(
            runs[0].Model, runs[0].Labels, to.Labels, classes,
            SharedClasses.FreeMetrics(pool, from, classes),
            Bootstrap.UarInterval(SharedClasses.Free(pool, from, classes).Rows, from.Count),
            Metrics.Compute(restricted, classes),
            Bootstrap.UarInterval(restricted, classes.Count),
            PairedComparison.Mismatch(ours, theirs) is null ? PairedComparison.Compare(ours, theirs, classes.Count) : null);
    }

    /// <summary>The runs of two systems over the folds and seeds that both have.</summary>
    private static (RunResult[] First, RunResult[] Second) Common(RunResult[] first, RunResult[] second)
    {
        HashSet<(int, int)> places = [.. first.Select(run => (run.Fold, run.Seed))];
        places.IntersectWith(second.Select(run => (run.Fold, run.Seed)));
        return (
            [.. first.Where(run => places.Contains((run.Fold, run.Seed)))],
            [.. second.Where(run => places.Contains((run.Fold, run.Seed)))]);
    }
}
