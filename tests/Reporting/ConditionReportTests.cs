using System.Globalization;
using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Reporting;
using SpeechEmotion.Tests.Evaluation;

namespace SpeechEmotion.Tests;

public sealed class ConditionReportTests
{
    [Fact]
    public void Other_conditions_tell_who_is_highest_and_who_is_at_chance()
    {
        StudyConfig study = MadeUpStudy.Study with
        {
            Labels = ["four"],
            Conditions =
            [
                new ConditionOptions { Name = "hiss", Alter = ["noise_db=20"] },
                new ConditionOptions { Name = "hall", Alter = ["room_seconds=2"] },
            ],
        };
        RunResult good = MadeUpStudy.Run("good", 2, "four", Rows.Four, 0);
        RunResult better = MadeUpStudy.Run("better", 3, "four", Rows.Four, 0);
        RunResult half = better with { Key = better.Key with { Model = "half" } };

        // Answers that have nothing to do with the truth.
        IReadOnlyList<Prediction> lost = [.. better.Predictions.Select((row, i) => row with
        {
            Probabilities = [.. Rows.Four.Select((_, c) => c == i / 4 % 4 ? 1.0 : 0)],
        })];
        using TestFolder folder = new();
        StudyReport.Write(folder.Path, study,
        [
            good with { Conditions = Heard(good.Predictions, good.Predictions) },
            better with { Conditions = Heard(good.Predictions, lost) },
            half with { Conditions = new Dictionary<string, IReadOnlyList<Prediction>> { ["noise_db=20"] = lost } },
        ], MadeUpStudy.Notes);
        Comparison apart = PairedComparison.Compare([.. good.Predictions, .. good.Predictions], [.. good.Predictions, .. lost], 4);
        string uar = ReportText.Percent(Metrics.Compute(good.Predictions, Rows.Four).Uar);
        string halfUar = ReportText.Percent(Metrics.Compute(half.Predictions, Rows.Four).Uar);
        string difference = ReportText.Points(apart.Difference);
        string chance = ReportText.Percent(Metrics.Compute(lost, Rows.Four).Uar);
        Assert.Equal(
            $"Four classes, under other conditions: good has the highest mean UAR {uar} % over 2 conditions, {uar} % as recorded, "
                + "of the 2 of 3 models that were scored so. "
                + $"It is significantly better than better ({difference} points, {ReportText.PEquals(apart.PValue)}). "
                + "Not told apart from chance: hall (better).",
            Assert.Single(File.ReadLines(folder["report.md"]), line => line.Contains("the highest mean", StringComparison.Ordinal)));
        Assert.Single(File.ReadLines(folder["report.md"]), line => line.StartsWith($"| half | {halfUar} ", StringComparison.Ordinal)
            && line.Contains($"| {chance} ", StringComparison.Ordinal) && line.EndsWith("| – |", StringComparison.Ordinal));
        Assert.Contains("hiss (noise_db=20); hall (room_seconds=2)", folder.Read("report.html"), StringComparison.Ordinal);
        Assert.True(new FileInfo(folder["conditions.png"]) is { Exists: true, Length: > 0 });
        // Three rows as recorded and five altered ones, each for all clips and for the one corpus.
        Assert.Equal(1 + (3 + 5) * 2, File.ReadLines(folder["conditions.csv"]).Count());

        // In one pool of both conditions, the difference is the mean of those in the hiss (0) and in the hall.
        double hall = Metrics.Compute(good.Predictions, Rows.Four).Uar - Metrics.Compute(lost, Rows.Four).Uar;
        string[][] pairs = [.. File.ReadLines(folder["condition_pairs.csv"]).Select(line => line.Split(','))];
        Assert.Equal(["condition", "all in one pool", "hiss", "hall"], pairs.Select(pair => pair[0]));
        Assert.All(pairs.Skip(1), pair => Assert.Equal(["four", "good", "better", "1", "8"], pair[1..6]));
        IEnumerable<double> differences = pairs.Skip(1).Select(pair => double.Parse(pair[6], CultureInfo.InvariantCulture));
        Assert.Equal([hall / 2, 0, hall], differences, (a, b) => Math.Abs(a - b) < 1e-12);

        static Dictionary<string, IReadOnlyList<Prediction>> Heard(IReadOnlyList<Prediction> hiss, IReadOnlyList<Prediction> hall) =>
            new() { ["noise_db=20"] = hiss, ["room_seconds=2"] = hall };
    }

    [Fact]
    public void A_condition_pools_folds_and_stands_only_where_every_run_was_scored()
    {
        Condition hiss = new("hiss", Alteration.Read(["noise_db=20"], "alter"));
        RunResult[] folds = [.. Enumerable.Range(0, 2).Select(fold => MadeUpStudy.Run("a", fold, "four", Rows.Four, fold))];
        RunResult[] scored = [.. folds.Select(run => run with
        {
            Conditions = new Dictionary<string, IReadOnlyList<Prediction>> { ["noise_db=20"] = run.Predictions },
        })];
        GroupScore all = Assert.Single(ConditionScore.Of(scored, [hiss])).All;
        Assert.Equal(Aggregate.Summarise(folds).Metrics.Uar, all.Metrics.Uar);
        Assert.Equal((16, 2 * 8 * 32), (all.Speakers, all.Clips));
        Assert.Empty(ConditionScore.Of([scored[0], folds[1]], [hiss]));
    }

    /// <summary>Models beyond the colours are dashed, so chance is not.</summary>
    [Fact]
    public void Chance_is_dotted_where_models_may_be_dashed()
    {
        StudyConfig study = MadeUpStudy.Study with { Conditions = [new ConditionOptions { Name = "hiss", Alter = ["noise_db=20"] }] };
        RunResult run = MadeUpStudy.Run("a", 0, "four", Rows.Four, 0);
        run = run with { Conditions = new Dictionary<string, IReadOnlyList<Prediction>> { ["noise_db=20"] = run.Predictions } };
        ScottPlot.Plot plot = Assert.Single(ConditionPicture.Of(StudyView.Of(study, [run], MadeUpStudy.Notes))!.Parts).Plot;
        Assert.Equal("four classes: UAR under each condition (dotted: chance)", plot.Axes.Title.Label.Text);
        ScottPlot.Plottables.HorizontalLine chance = Assert.Single(plot.GetPlottables<ScottPlot.Plottables.HorizontalLine>());
        Assert.Equal(ScottPlot.LinePattern.Dotted.Name, chance.LinePattern.Name);
    }
}
