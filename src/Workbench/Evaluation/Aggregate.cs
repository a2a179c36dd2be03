namespace SpeechEmotion.Evaluation;

/// <summary>Combines the runs of one system.</summary>
public static class Aggregate
{
    /// <summary>Summarises the runs of one model on one label set.</summary>
    /// <param name="runs">At least one run; each fold and seed at most once.</param>
    /// <exception cref="InputException">No runs, runs of different models, label sets or classes, or a fold and seed twice.</exception>
    public static SystemSummary Summarise(IReadOnlyList<RunResult> runs)
    {
        RequireOneSystem(runs);
        RunResult first = runs[0];
        IReadOnlyList<string> classes = first.Classes;
        IReadOnlyList<Prediction> pool = Pool(runs);
        int folds = runs.Select(run => run.Fold).Distinct().Count();
        int[] seeds = [.. runs.Select(run => run.Seed).Distinct().Order()];
        double[] byFold = [.. runs.GroupBy(run => (run.Fold, Tested(run))).OrderBy(fold => fold.Key.Fold).Select(Uar)];
        IEnumerable<int> complete = seeds.Where(seed => runs.Count(run => run.Seed == seed) == folds);
        double[] bySeed = [.. complete.Select(seed => Uar(runs.Where(run => run.Seed == seed)))];

        return new SystemSummary(
            first.Model, first.Labels, classes, runs.Count, Speakers(pool), Clips(pool), Metrics.Compute(pool, classes),
            Interval(Metrics.Uar), Interval(Metrics.Accuracy), Interval(Metrics.MacroF1),
            byFold, Deviation(byFold), Deviation(bySeed),
            Groups(pool, classes, row => row.Corpus), Groups(pool, classes, row => row.Sex),
            new SystemCost(
                first.Facts.Parameters, first.Facts.Macs,
                runs.Average(run => run.Facts.TrainSeconds), runs.Average(run => run.Facts.ClipsPerSecond),
                runs.All(run => run.Facts.LatencySeconds is not null) ? runs.Average(run => run.Facts.LatencySeconds) : null));

        // Where the seed deals speakers to folds, a fold's number names other speakers for each seed.
        static string Tested(RunResult run) => string.Join(' ', run.Predictions.Select(row => row.Speaker).Distinct().Order());
        Interval? Interval(Statistic statistic) => Bootstrap.StatisticInterval(pool, classes.Count, statistic);
        double Uar(IEnumerable<RunResult> part) => Metrics.Compute(Pool(part), classes).Uar;
    }

    /// <summary>The test predictions of some runs, concatenated: a clip appears once per seed.</summary>
    /// <param name="runs">The runs.</param>
    public static IReadOnlyList<Prediction> Pool(IEnumerable<RunResult> runs) => [.. runs.SelectMany(run => run.Predictions)];

    /// <summary>Metrics of each group of rows.</summary>
    /// <param name="rows">Predictions over <paramref name="classes"/>.</param>
    /// <param name="classes">Class names in order.</param>
    /// <param name="name">A row's group, such as its corpus or sex.</param>
    /// <returns>Groups in ordinal order of their names.</returns>
    /// <exception cref="InputException">A row's class is outside the list.</exception>
    public static IReadOnlyList<GroupScore> Groups(
        IReadOnlyList<Prediction> rows, IReadOnlyList<string> classes, Func<Prediction, string> name) =>
        [.. rows.GroupBy(name).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            Prediction[] part = [.. group];
            return new GroupScore(
                group.Key, Speakers(part), Clips(part), Metrics.Compute(part, classes), Bootstrap.UarInterval(part, classes.Count));
        })];

    private static double? Deviation(double[] values)
    {
        double mean = values.Sum() / values.Length;
        return values.Length < 2 ? null : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    private static int Speakers(IReadOnlyList<Prediction> rows) => rows.Select(row => row.Speaker).Distinct().Count();

    private static int Clips(IReadOnlyList<Prediction> rows) => rows.Select(row => row.Key).Distinct().Count();

    private static void RequireOneSystem(IReadOnlyList<RunResult> runs)
    {
        if (runs.Count == 0)
        {
            throw new InputException("no finished run to summarise; run the study first");
        }

        RunResult first = runs[0];
        foreach (RunResult run in runs)
        {
            if (run.Key.System != first.Key.System || !run.Classes.SequenceEqual(first.Classes))
            {
                throw new InputException(
                    $"run {run.Key.Name} ({string.Join(", ", run.Classes)}) is not of the same system as {first.Key.Name} "
                    + $"({string.Join(", ", first.Classes)}); summarise one model and label set at a time");
            }
        }

        if (runs.GroupBy(run => (run.Fold, run.Seed)).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InputException($"run {twice.First().Key.Name} is there twice; keep one of its folders");
        }
    }
}
