using ScottPlot;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reporting;

/// <summary>UAR of every system as recorded and under each condition, a line a model, chance as a dashed line: a panel for each label set.</summary>
internal static class ConditionPicture
{
    /// <summary>Draws the systems that were heard under every condition; null where there is none.</summary>
    public static Picture? Of(StudyView view)
    {
        Plot[] panels = [.. view.Sets.Select(set => (Set: set, Lines: ConditionSection.Heard(view, set))).Where(panel => panel.Lines.Count > 0).Select(panel => Panel(view, panel.Set, panel.Lines))];
        return panels.Length == 0 ? null : Picture.Tile(panels, 1, 860, 420);
    }

    private static Plot Panel(StudyView view, string set, IReadOnlyList<HeardSystem> systems)
    {
        Plot plot = PlotStyle.NewPlot();
        double chance = 100 * systems[0].Row.Metrics.ChanceUar;
        plot.Add.HorizontalLine(chance, 1.5f, Color.FromHex("#666666"), LinePattern.Dashed);
        foreach (HeardSystem system in systems)
        {
            int place = view.Models.ToList().IndexOf(system.Row.Model);
            double[] heights = [100 * system.Row.Metrics.Uar, .. system.Scores.Select(score => 100 * score.All.Metrics.Uar)];
            ScottPlot.Plottables.Scatter line = plot.Add.Scatter([.. heights.Select((_, i) => (double)i)], heights, PlotStyle.Colour(place));
            line.LegendText = system.Row.Model;
            line.LineWidth = 2;
            line.MarkerSize = 7;
            line.MarkerShape = PlotStyle.Shape(place / PlotStyle.Palette.Count);
            line.LinePattern = place < PlotStyle.Palette.Count ? LinePattern.Solid : LinePattern.Dashed; // The colours begin again.
        }

        PlotStyle.Apply(plot);
        string[] names = ["as recorded", .. view.Study.Conditions.Select(condition => condition.Name)];
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. names.Select((_, i) => (double)i)], names);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Title($"{ReportText.LabelSet(set)}: UAR under each condition (dashed: chance)", PlotStyle.TitleSize);
        plot.YLabel("UAR, %", PlotStyle.LabelSize);
        double[] all = [chance, .. systems.SelectMany(system => system.Scores.Select(score => 100 * score.All.Metrics.Uar).Append(100 * system.Row.Metrics.Uar))];
        plot.Axes.SetLimits(-0.4, names.Length - 0.6, all.Min() - 4, all.Max() + 4);
        plot.ShowLegend(Edge.Right);
        return plot;
    }
}
