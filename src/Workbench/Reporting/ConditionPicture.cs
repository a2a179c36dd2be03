using ScottPlot;

namespace SpeechEmotion.Reporting;

/// <summary>UAR of every system as recorded and under each condition: one panel per label set, one line per model, chance as a dotted
/// line.</summary>
internal static class ConditionPicture
{
    /// <summary>Draws the systems that were scored under every condition; null where there is no such system.</summary>
    public static Picture? Of(StudyView view)
    {
        Plot[] panels =
        [
            .. view.Sets.Select(set => (Set: set, Lines: ConditionSection.Complete(view, set)))
                .Where(panel => panel.Lines.Count > 0)
                .Select(panel => Panel(view, panel.Set, panel.Lines)),
        ];
        return panels.Length == 0 ? null : Picture.Tile(panels, 1, 860, 420);
    }

    private static Plot Panel(StudyView view, string set, IReadOnlyList<ScoredSystem> systems)
    {
        Plot plot = PlotStyle.NewPlot();
        double[] places = [.. Enumerable.Range(0, view.Conditions.Count + 1)];
        double chance = 100 * systems[0].Row.Metrics.ChanceUar;
        plot.Add.HorizontalLine(chance, 1.5f, Color.FromHex("#666666"), LinePattern.Dotted);
        foreach (ScoredSystem system in systems)
        {
            int place = view.Models.ToList().IndexOf(system.Row.Model);
            ScottPlot.Plottables.Scatter line = plot.Add.Scatter(places, [.. system.Percents], PlotStyle.Colour(place));
            line.LegendText = system.Row.Model;
            line.LineWidth = 1; // Only guides the eye: there are no values between conditions.
            line.MarkerSize = 7;
            line.MarkerShape = PlotStyle.Shape(place / PlotStyle.Palette.Count);
            line.LinePattern = PlotStyle.Repeats(place) ? LinePattern.Dashed : LinePattern.Solid;
        }

        PlotStyle.Apply(plot);
        string[] names = [ConditionSection.Recorded, .. view.Conditions.Select(condition => condition.Name)];
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(places, names);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Title($"{ReportText.LabelSet(set)}: UAR under each condition (dotted: chance)", PlotStyle.TitleSize);
        plot.YLabel("UAR, %", PlotStyle.LabelSize);
        double[] all = [chance, .. systems.SelectMany(system => system.Percents)];
        plot.Axes.SetLimits(-0.4, names.Length - 0.6, all.Min() - 4, all.Max() + 4);
        plot.ShowLegend(Edge.Right);
        return plot;
    }
}
