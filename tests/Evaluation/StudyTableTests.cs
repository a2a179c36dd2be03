using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Evaluation;

public class StudyTableTests
{
    [Fact]
    public void Pooled_uar_is_the_mean_over_seeds_and_deviations_are_sample_deviations()
    {
        RunResult[] runs = [.. Runs("cnn", "four", 0.6, seeds: 3)];
        SystemSummary summary = Assert.Single(StudyTable.Rows(runs));
        double[] seeds = [.. Enumerable.Range(1, 3).Select(seed => Uar(runs.Where(run => run.Seed == seed)))];
        double[] folds = [.. Enumerable.Range(0, 2).Select(fold => Uar(runs.Where(run => run.Fold == fold)))];

        Assert.Equal(folds, summary.Folds);
        Assert.Equal(seeds.Average(), summary.Metrics.Uar, 1e-12);
        Assert.Equal(Math.Sqrt(seeds.Sum(value => Math.Pow(value - seeds.Average(), 2)) / 2), summary.SeedDeviation!.Value, 1e-12);
        Assert.Equal(Math.Abs(folds[0] - folds[1]) / Math.Sqrt(2), summary.FoldDeviation!.Value, 1e-12);
        Assert.Equal((6, 12, 12 * 20), (summary.Runs, summary.Speakers, summary.Clips));
        Assert.Equal(Bootstrap.UarInterval(Aggregate.Pool(runs), 4), summary.UarInterval);
        Assert.Equal(new SystemCost(1000, 2000, 20, 200), summary.Cost);

        static double Uar(IEnumerable<RunResult> part) => Metrics.Compute(Aggregate.Pool(part), Rows.Four).Uar;
    }

    [Fact]
    public void One_seed_has_no_deviation_over_seeds()
    {
        SystemSummary summary = Aggregate.Summarise([.. Runs("cnn", "four", 0.6, seeds: 1)]);
        Assert.Null(summary.SeedDeviation);
        Assert.NotNull(summary.FoldDeviation);
    }

    [Fact]
    public void A_seed_that_lacks_a_fold_is_left_out_of_the_deviation_over_seeds()
    {
        SystemSummary whole = Aggregate.Summarise([.. Runs("cnn", "four", 0.6, seeds: 2)]);
        SystemSummary summary = Aggregate.Summarise([.. Runs("cnn", "four", 0.6, seeds: 3).Where(run => (run.Fold, run.Seed) != (1, 3))]);
        Assert.NotNull(whole.SeedDeviation);
        Assert.Equal(whole.SeedDeviation, summary.SeedDeviation);
        Assert.Equal(5, summary.Runs);
    }

    [Fact]
    public void Corpora_and_sexes_are_scored_by_themselves()
    {
        RunResult run = Runs("cnn", "four", 0.6, seeds: 1).First();
        run = run with
        {
            Predictions = [.. run.Predictions.Select(row => row.Speaker == "s00" ? row with { Corpus = "savee", Sex = "male" } : row)],
        };
        SystemSummary summary = Aggregate.Summarise([run]);
        Assert.Equal(["ravdess", "savee"], summary.ByCorpus.Select(group => group.Name));
        Assert.Equal(["female", "male"], summary.BySex.Select(group => group.Name));
        Assert.Equal(Metrics.Compute([.. run.Predictions.Where(row => row.Sex == "male")], Rows.Four).Uar, summary.BySex[1].Metrics.Uar);
        Assert.Equal((1, 20), (summary.BySex[1].Speakers, summary.BySex[1].Clips));
        Assert.Null(summary.BySex[1].UarInterval);
    }

    [Fact]
    public void All_pairs_of_a_label_set_are_compared_on_common_runs_and_adjusted_together()
    {
        RunResult[] results =
        [
            .. Runs("cnn", "four", 0.8, 2), .. Runs("lstm", "four", 0.5, 1), .. Runs("mlp", "four", 0.5, 2),
            .. Runs("cnn", "six", 0.5, 1), .. Runs("late", "six", 0.5, 2).Skip(2), // no run in common
        ];
        IReadOnlyList<StudyPair> pairs = StudyTable.Pairs(results);
        Assert.Equal(
            [("cnn", "lstm", 2), ("cnn", "mlp", 4), ("lstm", "mlp", 2)], pairs.Select(pair => (pair.First, pair.Second, pair.Runs)));
        Assert.Equal(Holm.Adjust([.. pairs.Select(pair => pair.Comparison.PValue)]), pairs.Select(pair => pair.AdjustedP));
        Assert.True(pairs[0].Comparison.Difference > 0.1 && pairs[0].AdjustedP < 0.05);
        Assert.True(pairs[2].AdjustedP > 0.05);
    }

    [Fact]
    public void Six_is_scored_on_the_classes_of_four_and_set_against_four()
    {
        RunResult[] six = [.. Runs("cnn", "six", 0.5, 1)];
        RunResult[] four = [.. six.Select(run => Rows.Run("cnn", "four", run.Fold, run.Seed,
            [.. SharedClasses.Restrict(run.Predictions, Rows.Six, Rows.Four).Rows
                .Select(row => row with { Probabilities = [1, 0, 0, 0] })]))];
        SharedScore score = Assert.Single(StudyTable.Shared([.. four, .. six]));
        Assert.Equal(("cnn", "six", "four"), (score.Model, score.From, score.To));
        Assert.InRange(score.Restricted.Uar, score.Free.Uar, 1);
        Assert.Equal(score.Restricted.Uar - 0.25, score.AgainstOwn!.Difference, 1e-12);
        Assert.NotNull(score.FreeInterval);

        // If the four-class run was tested on other clips, there is nothing to pair.
        Assert.Null(StudyTable.Shared([four[0] with { Predictions = four[1].Predictions }, .. six])[0].AgainstOwn);
    }

    [Fact]
    public void Runs_that_do_not_belong_together_are_refused()
    {
        RunResult run = Runs("cnn", "four", 0.6, 1).First();
        Assert.Contains("four/cnn fold 0 seed 1 is there twice", Message([run, run]), StringComparison.Ordinal);
        RunResult other = run with { Key = run.Key with { Model = "mlp" } };
        Assert.Contains("not of the same system", Message([run, other]), StringComparison.Ordinal);
        Assert.Contains("no finished run", Message([]), StringComparison.Ordinal);

        static string Message(RunResult[] runs) => Assert.Throws<InputException>(() => Aggregate.Summarise(runs)).Message;
    }

    [Fact]
    public void No_results_give_empty_tables()
    {
        Assert.Empty(StudyTable.Rows([]));
        Assert.Empty(StudyTable.Pairs([]));
        Assert.Empty(StudyTable.Shared([]));
    }

    /// <summary>Two folds of six speakers each, tested by every seed, folds first.</summary>
    private static IEnumerable<RunResult> Runs(string model, string labels, double mean, int seeds)
    {
        for (int seed = 1; seed <= seeds; seed++)
        {
            int classes = labels == "six" ? 6 : 4;
            Prediction[] rows = Rows.Study(new Random(seed + model.Length * 10), 12, 5, classes, mean);
            for (int fold = 0; fold < 2; fold++)
            {
                yield return Rows.Run(model, labels, fold, seed, [.. rows.Where(row => (row.Speaker[^1] - '0') % 2 == fold)]);
            }
        }
    }
}
