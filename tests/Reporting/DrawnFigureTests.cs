using System.Text.Json;
using ScottPlot.Plottables;
using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Reporting;
using SpeechEmotion.Tests.Evaluation;

namespace SpeechEmotion.Tests;

/// <summary>Pictures and charts show the figures that they name, each in its place.</summary>
public sealed class DrawnFigureTests
{
    /// <summary>Rows of a picture count from below, those of a page from above.</summary>
    [Fact]
    public void Each_share_of_a_confusion_matrix_stands_in_the_row_of_the_truth_and_the_column_of_the_answer()
    {
        ConfusionMatrix matrix = PictureTests.Matrix();
        IEnumerable<Text> texts = ConfusionPicture.Grid([[new TitledMatrix(matrix, "CNN")]]).Parts[0].Plot.GetPlottables<Text>();
        Assert.Equal(
            [
                ("90.0 %", 0, 1), ("9", 0, 1), ("10.0 %", 1, 1), ("1", 1, 1),
                ("40.0 %", 0, 0), ("4", 0, 0), ("60.0 %", 1, 0), ("6", 1, 0),
            ],
            texts.Select(text => (text.LabelText, (int)Math.Round(text.Location.X), (int)Math.Round(text.Location.Y))));

        string page = Charts.Confusion(matrix);
        Assert.Equal([[0.9, 0.1], [0.4, 0.6]], Data(page)[0].GetProperty("z").EnumerateArray().Select(row => Numbers(row)));
        JsonElement cells = JsonDocument.Parse(page).RootElement.GetProperty("layout").GetProperty("annotations");
        Assert.Equal(
            [("90.0 %|9", 0, 0), ("10.0 %|1", 1, 0), ("40.0 %|4", 0, 1), ("60.0 %|6", 1, 1)],
            cells.EnumerateArray().Select(cell => (
                cell.GetProperty("text").GetString()!.Replace("<b>", "", StringComparison.Ordinal)
                    .Replace("</b><br>", "|", StringComparison.Ordinal),
                cell.GetProperty("x").GetInt32(), cell.GetProperty("y").GetInt32())));
    }

    [Fact]
    public void The_uar_stands_in_its_own_interval()
    {
        IReadOnlyList<SystemSummary> rows = StudyTable.Rows([.. MadeUpStudy.Results().Select(Unbalanced)]);
        SystemSummary[] four = [.. rows.Where(row => row.Labels == "four")];
        Assert.All(four, row => Assert.False(row.Metrics.Accuracy == row.Metrics.Uar || row.AccuracyInterval == row.UarInterval));
        ScottPlot.Plot plot = UarPicture.Of(rows).Parts[0].Plot;
        Assert.Equal(
            four.Select((row, i) => ((double)i, 100 * row.Metrics.Uar)),
            plot.GetPlottables<Marker>().Where(marker => marker.MarkerSize == 12).Select(marker => (marker.Location.X, marker.Location.Y)));
        Assert.Equal(
            four.Select((row, i) => ((double)i, 100 * row.UarInterval!.Low, 100 * row.UarInterval.High)),
            plot.GetPlottables<LinePlot>().Where(line => line.Start.X == line.End.X)
                .Select(line => (line.Start.X, line.Start.Y, line.End.Y)));

        JsonElement trace = Data(Charts.Uar(rows))[0], error = trace.GetProperty("error_y");
        Assert.Equal(four.Select(row => 100 * row.Metrics.Uar), Numbers(trace.GetProperty("y")));
        Assert.Equal(four.Select(row => 100 * (row.UarInterval!.High - row.Metrics.Uar)), Numbers(error.GetProperty("array")));
        Assert.Equal(four.Select(row => 100 * (row.Metrics.Uar - row.UarInterval!.Low)), Numbers(error.GetProperty("arrayminus")));
    }

    [Fact]
    public void A_system_lies_at_its_cost_in_the_unit_of_the_axis()
    {
        SystemSummary[] rows = [.. StudyTable.Rows(MadeUpStudy.Results())
            .Select((row, i) => row with { Cost = row.Cost with { LatencySeconds = 0.02 * (i + 1) } })];
        (string Name, Func<SystemCost, double> Of)[] known =
        [
            ("parameters", cost => cost.Parameters), ("multiply-accumulates", cost => cost.Macs),
            ("training time", cost => cost.TrainSeconds), ("latency", cost => 1000 * cost.LatencySeconds!.Value),
        ];
        IReadOnlyList<CostAxis> axes = CostAxis.KnownOf(rows);
        Assert.Equal(known.Select(one => one.Name), axes.Select(axis => axis.Name));
        IReadOnlyList<PicturePart> panels = CostPicture.Of(rows).Parts;
        foreach ((int i, (string name, Func<SystemCost, double> cost)) in known.Index())
        {
            // Four traces are of the models, and two are keys.
            Assert.Equal(
                rows.GroupBy(row => row.Model).Select(model => model.Select(row => cost(row.Cost))),
                Data(CostChart.Of(rows, axes[i])).Take(4).Select(trace => Numbers(trace.GetProperty("x"))));
            Assert.Equal($"UAR against {name}", panels[i].Plot.Axes.Title.Label.Text);
            Assert.Equal(
                rows.Select(row => (Math.Log10(cost(row.Cost)), 100 * row.Metrics.Uar)),
                panels[i].Plot.GetPlottables<Marker>().Select(marker => (marker.Location.X, marker.Location.Y)));
        }
    }

    /// <summary>One of four clips is right. All numbers are exact in binary.</summary>
    [Fact]
    public void A_reliability_diagram_has_confidence_to_the_right_and_right_answers_upward_first_as_trained()
    {
        Assert.Equal(
            [("as trained: error 50.0", 75, 25), ("after temperature scaling: error 37.5", 62.5, 25)],
            ReliabilityPicture.Of(Sure(0.75), Sure(0.625)).Parts.Select(part => part.Plot).Select(plot =>
            {
                Marker bin = Assert.Single(plot.GetPlottables<Marker>());
                return (plot.Axes.Title.Label.Text, bin.Location.X, bin.Location.Y);
            }));

        static Prediction[] Sure(double confidence) => [.. Enumerable.Range(0, 4).Select(i => new Prediction(
            $"k{i}", "synthetic", "s", "female", i == 0 ? 0 : 1, [confidence, 1 - confidence]))];
    }

    [Fact]
    public void A_line_of_conditions_goes_from_the_recorded_clips_through_the_conditions_in_their_order()
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
        RunResult[] heard = [.. new[] { 3, 2, 1 }.Select(skill => Unbalanced(MadeUpStudy.Run("a", skill, "four", Rows.Four, 0)))];
        StudyView view = StudyView.Of(study, [heard[0] with
        {
            Conditions = new Dictionary<string, IReadOnlyList<Prediction>>
            {
                ["noise_db=20"] = heard[1].Predictions, ["room_seconds=2"] = heard[2].Predictions,
            },
        }], MadeUpStudy.Notes);
        double[] expected = [.. heard.Select(run => 100 * Metrics.Compute(run.Predictions, Rows.Four).Uar)];
        Scatter line = Assert.Single(Assert.Single(ConditionPicture.Of(view)!.Parts).Plot.GetPlottables<Scatter>());
        Assert.Equal(expected.Select((uar, i) => ((double)i, uar)), line.Data.GetScatterPoints().Select(point => (point.X, point.Y)));
        Assert.Equal(expected, Numbers(Data(Charts.Conditions(view, ConditionSection.Complete(view, "four")))[0].GetProperty("y")));
    }

    [Fact]
    public void Of_the_mean_losses_the_dashed_one_is_of_training()
    {
        RunResult[] runs = [.. Enumerable.Range(0, 2).Select(fold => MadeUpStudy.Run("CNN", 1, "four", Rows.Four, fold))];
        IReadOnlyList<PicturePart> parts = LearningPicture.Of(runs)!.Parts;
        Scatter[] losses = [.. parts[1].Plot.GetPlottables<Scatter>()];
        Assert.Equal(Mean(row => row.TrainLoss), Heights(Assert.Single(losses, Dashed)));
        Assert.Equal(Mean(row => row.ValidationLoss), Heights(Assert.Single(losses, line => line.LegendText == "CNN")));
        Assert.Equal(
            Mean(row => 100 * row.ValidationUar),
            Heights(Assert.Single(parts[0].Plot.GetPlottables<Scatter>(), line => line.LegendText == "CNN")));

        IEnumerable<double> Mean(Func<EpochRow, double> value) => LearningPicture.Mean(runs, value).Select(point => point.Mean);

        static IEnumerable<double> Heights(Scatter line) => line.Data.GetScatterPoints().Select(point => point.Y);

        static bool Dashed(Scatter line) => line.LinePattern.Name == ScottPlot.LinePattern.Dashed.Name;
    }

    /// <summary>The run with few clips of the first class: with as many of each, UAR and accuracy would be one number.</summary>
    private static RunResult Unbalanced(RunResult run) =>
        run with { Predictions = [.. run.Predictions.Where((row, i) => row.Truth > 0 || i % 5 == 0)] };

    private static JsonElement[] Data(string figure) =>
        [.. JsonDocument.Parse(figure).RootElement.GetProperty("data").EnumerateArray()];

    private static double[] Numbers(JsonElement values) => [.. values.EnumerateArray().Select(value => value.GetDouble())];
}
