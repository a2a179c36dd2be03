using ScottPlot;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reporting;

/// <summary>UAR of every system with its 95 % interval: one panel per label set, the folds as small dots, chance as a dashed
/// line.</summary>
public static class UarPicture
{
    /// <summary>Draws the picture.</summary>
    /// <param name="rows">The study's systems.</param>
    public static Picture Of(IReadOnlyList<SystemSummary> rows)
    {
        string[] models = [.. rows.Select(row => row.Model).Distinct()];
        IGrouping<string, SystemSummary>[] sets = [.. rows.GroupBy(row => row.Labels)];
        double low = rows.SelectMany(Values).Append(100).Min(), high = rows.SelectMany(Values).Append(0).Max();
        int width = Math.Max(490, 205 + 90 * models.Length);
        IEnumerable<Plot> panels = sets.Select(set => Panel([.. set], models, Math.Max(0, low - 5), Math.Min(101, high + 5)));
        return Picture.Tile([.. panels], sets.Length, width, 400);
    }

    private static IEnumerable<double> Values(SystemSummary row) => row.Folds
        .Concat([row.Metrics.Uar, row.Metrics.ChanceUar, row.UarInterval?.Low ?? double.NaN, row.UarInterval?.High ?? double.NaN])
        .Where(double.IsFinite).Select(value => 100 * value);

    private static Plot Panel(SystemSummary[] rows, string[] models, double low, double high)
    {
        Plot plot = PlotStyle.NewPlot();
        double chance = 100 * rows[0].Metrics.ChanceUar;
        plot.Add.HorizontalLine(chance, 1.5f, Color.FromHex("#666666"), LinePattern.Dashed);

        // Beyond the last model, where no interval, fold or figure crosses it.
        ScottPlot.Plottables.Text note = plot.Add.Text($"chance {ReportText.Percent(chance / 100)}", models.Length - 0.5, chance);
        note.LabelAlignment = Alignment.LowerLeft;
        note.LabelFontSize = 12;
        note.LabelFontColor = Color.FromHex("#444444");
        foreach (SystemSummary row in rows)
        {
            int place = Array.IndexOf(models, row.Model);
            Color colour = PlotStyle.Colour(place);
            if (row.UarInterval is Interval interval)
            {
                Line(place, place, 100 * interval.Low, 100 * interval.High, 2.5f);
                Line(place - 0.09, place + 0.09, 100 * interval.Low, 100 * interval.Low, 2.5f);
                Line(place - 0.09, place + 0.09, 100 * interval.High, 100 * interval.High, 2.5f);
            }

            foreach (double uar in row.Folds.Count > 1 ? row.Folds : [])
            {
                plot.Add.Marker(place + 0.22, 100 * uar, MarkerShape.FilledCircle, 5, colour.WithAlpha(0.45));
            }

            plot.Add.Marker(place, 100 * row.Metrics.Uar, MarkerShape.FilledCircle, 12, colour);
            ScottPlot.Plottables.Text text = plot.Add.Text(ReportText.Percent(row.Metrics.Uar), place - 0.12, 100 * row.Metrics.Uar);
            text.LabelAlignment = Alignment.MiddleRight;
            text.LabelBold = true;
            text.LabelFontSize = 13;
            text.LabelFontColor = Color.FromHex("#222222");

            void Line(double x1, double x2, double y1, double y2, float width)
            {
                ScottPlot.Plottables.LinePlot line = plot.Add.Line(x1, y1, x2, y2);
                line.LineColor = colour;
                line.LineWidth = width;
            }
        }

        PlotStyle.Apply(plot);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. models.Select((_, i) => (double)i)], models);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Title($"{ReportText.LabelSet(rows[0].Labels)}: UAR and 95 % interval", PlotStyle.TitleSize);
        plot.YLabel("UAR, %", PlotStyle.LabelSize);
        plot.Axes.SetLimits(-0.6, models.Length + 0.4, low, high);
        return plot;
    }
}
