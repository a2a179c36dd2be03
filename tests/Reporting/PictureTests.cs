using System.Text.Json;
using SkiaSharp;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Reporting;
using SpeechEmotion.Tests.Evaluation;

namespace SpeechEmotion.Tests;

public sealed class PictureTests
{
    [Fact]
    public void Text_of_every_cell_reaches_a_contrast_of_4_5()
    {
        for (int i = 0; i <= 1000; i++)
        {
            string background = CellColour.Background(i / 1000.0);
            Assert.True(CellColour.Contrast(CellColour.Text(background), background) >= 4.5, $"{i / 10.0} %: {background}");
        }

        Assert.Equal(CellColour.Background(0), CellColour.Background(double.NaN));
        Assert.Equal(21, CellColour.Contrast("#000000", "#FFFFFF"), 1e-9);
    }

    [Fact]
    public void Cells_have_the_colour_of_their_share_and_readable_text()
    {
        using TestFolder folder = new();
        ConfusionMatrix matrix = Matrix();
        ConfusionPicture.Grid([[new TitledMatrix(matrix, "CNN, labels ab: UAR 75.0 %")]]).SavePng(folder["m.png"]);
        using SKBitmap image = SKBitmap.Decode(folder["m.png"]);
        Assert.InRange(image.Width, 600, 2000);
        Assert.InRange(image.Height, 600, 2000);
        int[] pixels = [.. image.Pixels.Select(colour => (int)((uint)colour & 0xFFFFFF))];
        foreach ((int truth, int predicted) in new[] { (0, 0), (0, 1), (1, 0), (1, 1) })
        {
            // A cell is 160 × 160 at twice the density: 102,400 pixels, less its text and its white edge. Cells of equal shares would add
            // up, but these shares differ.
            int colour = Convert.ToInt32(CellColour.Background(matrix.RowShare(truth, predicted))[1..], 16);
            Assert.InRange(pixels.Count(pixel => pixel == colour), 60_000, 110_000);
        }

        Assert.Contains(0, pixels); // black text on the light cells
    }

    [Fact]
    public void Svg_scales_and_holds_each_cell_once()
    {
        using TestFolder folder = new();
        ConfusionPicture.Grid([[new TitledMatrix(Matrix(), "CNN & <co>: UAR 75.0 %")]]).SaveSvg(folder["m.svg"]);
        System.Xml.Linq.XDocument svg = System.Xml.Linq.XDocument.Load(folder["m.svg"]);
        Assert.NotNull(svg.Root!.Attribute("viewBox"));
        string colour = CellColour.Background(0.9);
        Assert.Single(svg.Descendants(), element => (string?)element.Attribute("fill") == colour);
        string text = string.Concat(svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value));
        Assert.Contains("90.0 %", text, StringComparison.Ordinal);
        Assert.Contains("predicted", text, StringComparison.Ordinal);
        Assert.Contains("CNN & <co>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Matrices_of_unequal_size_stand_side_by_side_without_overlap()
    {
        TitledMatrix small = new(Matrix(), "a"), large = new(new ConfusionMatrix([], ["a", "b", "c", "d", "e", "f"]), "b");
        Picture picture = ConfusionPicture.Grid([[small, small], [large, large, small]]);
        Assert.Equal(5, picture.Parts.Count);
        SKRectI[] places = [.. picture.Parts.Select(part => SKRectI.Create(part.Left, part.Top, part.Width, part.Height))];
        Assert.All(places, place => Assert.True(new SKRectI(0, 0, picture.Width, picture.Height).Contains(place)));
        Assert.All(places, place => Assert.Single(places, place.IntersectsWith));
    }

    /// <summary>Twice the 900 px of a page's width would leave text of 13 px with 6.</summary>
    [Theory]
    [InlineData(4, 3)]
    [InlineData(6, 3)]
    [InlineData(8, 2)]
    public void A_row_holds_no_more_matrices_than_can_be_read(int classes, int columns)
    {
        string[] names = [.. Enumerable.Range(0, classes).Select(i => $"c{i}")];
        TitledMatrix[] twelve = [.. Enumerable.Range(0, 12).Select(i => new TitledMatrix(new ConfusionMatrix([], names), $"m{i}"))];
        Picture picture = ConfusionPicture.Grid([twelve[..5], twelve[5..]]);
        Assert.InRange(picture.Width, 900, 1600);
        int[] rows = [.. picture.Parts.GroupBy(part => part.Top).OrderBy(row => row.Key).Select(row => row.Count())];
        Assert.Equal(
            [.. new[] { 5, 7 }.SelectMany(count => Enumerable.Range(0, count).Chunk(columns).Select(row => row.Length))], rows);
    }

    [Fact]
    public void Where_nothing_validates_the_curves_of_the_loss_are_plain_lines()
    {
        RunResult run = MadeUpStudy.Run("CNN", 0, "four", Rows.Four, 0);
        Assert.Equal(("four classes: loss (dashed: training)", 1), Loss(run));
        Assert.Equal(("four classes: training loss", 0), Loss(run with
        {
            History = [.. run.History.Select(row => row with { ValidationLoss = double.NaN, ValidationUar = double.NaN })],
        }));

        static (string Title, int Dashed) Loss(RunResult run)
        {
            ScottPlot.Plot plot = LearningPicture.Of([run])!.Parts[^1].Plot;
            return (plot.Axes.Title.Label.Text, plot.GetPlottables<ScottPlot.Plottables.Scatter>()
                .Count(line => line.LinePattern.Name == ScottPlot.LinePattern.Dashed.Name));
        }
    }

    /// <summary>The name of the chance level stands beyond the last model and its folds, which are drawn up to 0.22 beside it.</summary>
    [Fact]
    public void Chance_is_named_where_no_interval_can_cross_it()
    {
        IReadOnlyList<SystemSummary> rows = StudyTable.Rows(MadeUpStudy.Results());
        ScottPlot.Plot plot = UarPicture.Of(rows).Parts[0].Plot;
        ScottPlot.Plottables.Text chance = Assert.Single(
            plot.GetPlottables<ScottPlot.Plottables.Text>(), text => text.LabelText == "chance 25.0");
        Assert.InRange(chance.Location.X, rows.Select(row => row.Model).Distinct().Count() - 1 + 0.25, plot.Axes.GetLimits().Right);
    }

    [Fact]
    public void A_cost_chart_has_a_colour_per_model_and_a_shape_per_label_set_both_with_keys()
    {
        IReadOnlyList<SystemSummary> rows = StudyTable.Rows(MadeUpStudy.Results());
        JsonElement[] traces = [.. JsonDocument.Parse(CostChart.Of(rows, CostAxis.KnownOf(rows)[0])).RootElement
            .GetProperty("data").EnumerateArray()];
        Assert.Equal(
            ["MLP", "CNN", "LSTM", "CNN-LSTM", "four classes", "six classes"],
            traces.Select(trace => trace.GetProperty("name").GetString()));
        Assert.Distinct(traces[..5].Select(trace => trace.GetProperty("marker").GetProperty("color").GetString()));
        Assert.All(traces[..4], trace => Assert.Equal(["circle", "square"], Symbols(trace)));
        Assert.Equal([["circle"], ["square"]], traces[4..].Select(Symbols));
        Assert.All(traces[4..], trace => Assert.Equal(JsonValueKind.Null, trace.GetProperty("x")[0].ValueKind));
        Assert.Equal(
            rows.Where(row => row.Model == "CNN").Select(row => 100 * row.Metrics.Uar),
            traces[1].GetProperty("y").EnumerateArray().Select(y => y.GetDouble()));

        static string?[] Symbols(JsonElement trace) =>
            [.. trace.GetProperty("marker").GetProperty("symbol").EnumerateArray().Select(symbol => symbol.GetString())];
    }

    [Fact]
    public void Mean_curve_ends_where_fewer_than_half_of_the_runs_go_on()
    {
        RunResult[] runs = [.. new[] { 2, 3, 5 }.Select(epochs => MadeUpStudy.Run("CNN", 0, "four", Rows.Four, 0) with
        {
            History = [.. Enumerable.Range(1, epochs).Select(epoch => new EpochRow(epoch, 0, 0, epochs / 10.0, 0, 0))],
        })];
        IReadOnlyList<(int Epoch, double Mean)> mean = LearningPicture.Mean(runs, row => row.ValidationUar);
        Assert.Equal([1, 2, 3], mean.Select(point => point.Epoch));
        Assert.Equal(0.4, mean[2].Mean, 1e-12);
    }

    [Fact]
    public void Models_beyond_the_colours_have_patterns_and_shapes_of_their_own()
    {
        int[] models = [.. Enumerable.Range(0, 2 * PlotStyle.Palette.Count)], sets = [.. Enumerable.Range(0, 5)];
        bool[] both = [false, true];
        Assert.Distinct(models.SelectMany(model => both.Select(dashed => (PlotStyle.Hex(model), PlotStyle.Pattern(model, dashed)))));
        Assert.Distinct(models.SelectMany(model => sets.Select(set => (PlotStyle.Hex(model), PlotStyle.Shape(set, model)))));
    }

    [Fact]
    public void The_ninth_model_of_a_learning_chart_is_not_drawn_like_the_first()
    {
        RunResult[] runs = [.. Enumerable.Range(1, 9).Select(n => MadeUpStudy.Run($"m{n}", 0, "four", Rows.Four, 0))];
        string[] models = [.. runs.Select(run => run.Model)];
        string figure = LearningChart.Of(runs, models, "loss", row => row.ValidationLoss, row => row.TrainLoss);
        (string? Colour, string? Dash)[] means =
        [
            .. JsonDocument.Parse(figure).RootElement.GetProperty("data").EnumerateArray()
                .Select(trace => trace.GetProperty("line"))
                .Where(line => line.GetProperty("width").GetDouble() > 1)
                .Select(line => (line.GetProperty("color").GetString(), line.GetProperty("dash").GetString())),
        ];
        Assert.Equal(18, means.Length); // a validation and a training curve for each of nine models
        Assert.Distinct(means);
    }

    /// <summary>A confusion matrix with rows of 90 and 10 percent, and of 40 and 60 percent.</summary>
    internal static ConfusionMatrix Matrix() => new(
        Enumerable.Range(0, 20).Select(i => new Prediction(
            $"k{i}", "synthetic", "s", "female", i / 10, i is < 9 or > 9 and < 14 ? [0.9, 0.1] : [0.1, 0.9])),
        ["a", "b"]);
}
