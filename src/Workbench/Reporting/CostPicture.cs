using ScottPlot;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reporting;

/// <summary>UAR against cost: one panel per kind of cost, with a logarithmic cost axis.</summary>
public static class CostPicture
{
    /// <summary>Draws the picture: one colour per model, one shape per label set; open shapes where the palette repeats.</summary>
    /// <param name="rows">The study's systems.</param>
    public static Picture Of(IReadOnlyList<SystemSummary> rows) => Picture.Tile(
        [.. CostAxis.KnownOf(rows).Select(axis => Panel(rows, axis))], 2, 580, 360);

    private static Plot Panel(IReadOnlyList<SystemSummary> rows, CostAxis axis)
    {
        string[] models = [.. rows.Select(row => row.Model).Distinct()], sets = [.. rows.Select(row => row.Labels).Distinct()];
        Plot plot = PlotStyle.NewPlot();
        foreach (SystemSummary row in rows)
        {
            int model = Array.IndexOf(models, row.Model);
            MarkerShape shape = PlotStyle.Shape(Array.IndexOf(sets, row.Labels), model);
            plot.Add.Marker(Place(row), 100 * row.Metrics.Uar, shape, 12, PlotStyle.Colour(model)).MarkerLineWidth = 2;
        }

        double[] heights = [.. rows.Select(row => 100 * row.Metrics.Uar).Where(double.IsFinite)];
        (double low, double high, double[] ticks, string[] names) = axis.Ticks(rows);
        PlotStyle.Apply(plot);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(ticks, names);
        plot.Axes.SetLimits(low, high, heights.Append(100).Min() - 5, heights.Append(0).Max() + 5);
        plot.XLabel(axis.Label, PlotStyle.LabelSize);
        plot.YLabel("UAR, %", PlotStyle.LabelSize);
        plot.Title($"UAR against {axis.Name}", PlotStyle.TitleSize);
        plot.Legend.ManualItems =
        [
            .. models.Select((model, i) => Key(model, PlotStyle.Colour(i), PlotStyle.Shape(0, i))),
            .. sets.Select((set, i) => Key(ReportText.LabelSet(set), Color.FromHex("#666666"), PlotStyle.Shape(i))),
        ];
        plot.ShowLegend(Edge.Right);
        return plot;

        double Place(SystemSummary row) => Math.Log10(axis.Of(row.Cost)!.Value);
    }

    private static LegendItem Key(string text, Color colour, MarkerShape shape) => new()
    {
        LabelText = text,
        LineWidth = 0,
        MarkerShape = shape,
        MarkerSize = 9,
        MarkerFillColor = colour,
        MarkerLineColor = colour,
        MarkerLineWidth = 2,
    };
}
