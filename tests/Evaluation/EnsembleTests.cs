using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests;

public class EnsembleTests
{
    private static RunResult Run(string model, int fold, int seed, params double[][] probabilities) =>
        MadeUpStudy.Run("m", 0, "two", ["a", "b"], 0) with
        {
            Key = new RunKey("two", model, fold, seed),
            Classes = ["a", "b"],
            Predictions = [.. probabilities.Select((p, i) => new Prediction($"c/{fold}-{i}", "c", $"c/{fold}", "female", i % 2, p))],
        };

    [Fact]
    public void Members_answers_are_averaged_clip_by_clip()
    {
        // The first seed is narrowly wrong on clip 0 of fold 0, the second on clip 1 of fold 1; their average is right on both.
        RunResult[] runs =
        [
            Run("x", 0, 1, [0.4, 0.6], [0.1, 0.9]), Run("x", 1, 1, [0.9, 0.1], [0.2, 0.8]),
            Run("x", 0, 2, [0.9, 0.1], [0.3, 0.7]), Run("x", 1, 2, [0.8, 0.2], [0.55, 0.45]),
        ];
        EnsembleScore score = Assert.Single(Ensemble.Of(runs));
        Assert.Equal((2, 1.0), (score.Members, score.Metrics.Uar));

        // A second model gives two ensembles of seeds and one of all four (model, seed) pairs. With a fold missing, the ensembles that need
        // it are left out.
        RunResult[] more = [.. runs, .. runs.Select(run => run with { Key = run.Key with { Model = "y" } })];
        Assert.Equal([("x", 2), ("y", 2), (Ensemble.All, 4)], Ensemble.Of(more).Select(s => (s.Name, s.Members)));
        Assert.Equal(["x"], Ensemble.Of(more[..^1]).Select(s => s.Name));
    }

    [Fact]
    public void Runs_that_tested_other_clips_and_single_runs_are_not_joined()
    {
        Assert.Empty(Ensemble.Of([Run("x", 0, 1, [0.4, 0.6], [0.1, 0.9]), Run("x", 0, 2, [0.4, 0.6])]));
        Assert.Empty(Ensemble.Of([Run("x", 0, 1, [0.4, 0.6], [0.1, 0.9]), Run("x", 1, 1, [0.4, 0.6], [0.1, 0.9])]));
        Assert.Empty(Ensemble.Of([]));
    }
}
