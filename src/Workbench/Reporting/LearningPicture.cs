using ScottPlot;
using ScottPlot.Plottables;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reporting;

/// <summary>Learning curves of a study: for each label set a plot of the validation UAR, if a run has one, and then a plot of the loss
/// (validation and training); two plots per row.</summary>
public static class LearningPicture
{
    /// <summary>Draws the curves; null where no run has one. Thick lines are means over a model's runs, thin lines the runs; means are
    /// dotted where the palette repeats.</summary>
    /// <param name="results">Finished runs with their history.</param>
    public static Picture? Of(IReadOnlyList<RunResult> results)
    {
        string[] models = [.. results.Select(run => run.Model).Distinct()]; // All of them: a model has one colour in all pictures.
        IGrouping<string, RunResult>[] sets = [.. results.Where(HasCurve).GroupBy(run => run.Labels)];
        Plot[] plots =
        [
            .. sets.SelectMany(set => set.Any(run => run.Validated)
                ? new[] { UarPlot([.. set], models), LossPlot([.. set], models) }
                : [LossPlot([.. set], models)]),
        ];
        return plots.Length == 0 ? null : Picture.Tile(plots, 2, 600, 330);
    }

    /// <summary>True for a run of two epochs or more; one point is no line.</summary>
    public static bool HasCurve(RunResult run) => run.History.Count > 1;

    /// <summary>The mean over runs at each epoch that at least half of the runs reached: early stopping leaves few runs at the end, which
    /// would distort the mean.</summary>
    /// <param name="runs">Runs of one system.</param>
    /// <param name="value">What to average.</param>
    /// <returns>Epochs from 1 and means.</returns>
    public static IReadOnlyList<(int Epoch, double Mean)> Mean(IReadOnlyList<RunResult> runs, Func<EpochRow, double> value) =>
        [.. runs.SelectMany(run => run.History).GroupBy(row => row.Epoch).Where(epoch => 2 * epoch.Count() >= runs.Count)
            .OrderBy(epoch => epoch.Key).Select(epoch => (epoch.Key, epoch.Average(value)))];

    private static Plot UarPlot(RunResult[] runs, string[] models)
    {
        Plot plot = PlotStyle.NewPlot();
        Curves(plot, runs, models, row => 100 * row.ValidationUar, false, true);
        plot.Add.HorizontalLine(100.0 / runs[0].Classes.Count, 1.2f, Color.FromHex("#666666"), LinePattern.Dotted);
        return Finished(plot, $"{ReportText.LabelSet(runs[0].Labels)}: validation UAR", "UAR, % (dotted: chance)", false);
    }

    private static Plot LossPlot(RunResult[] runs, string[] models)
    {
        Plot plot = PlotStyle.NewPlot();
        bool validated = runs.Any(run => run.Validated);
        Curves(plot, runs, models, row => row.TrainLoss, validated, !validated);
        if (validated)
        {
            Curves(plot, runs, models, row => row.ValidationLoss, false, true);
        }

        string what = validated ? "loss (dashed: training)" : "training loss";
        return Finished(plot, $"{ReportText.LabelSet(runs[0].Labels)}: {what}", "cross-entropy", true);
    }

    private static void Curves(Plot plot, RunResult[] runs, string[] models, Func<EpochRow, double> value, bool dashed, bool named)
    {
        foreach (IGrouping<string, RunResult> model in runs.GroupBy(run => run.Model))
        {
            int place = Array.IndexOf(models, model.Key);
            Color colour = PlotStyle.Colour(place);
            foreach (RunResult run in named ? model : Enumerable.Empty<RunResult>())
            {
                Line(run.History.Select(row => (row.Epoch, value(row))), colour.WithAlpha(0.28), 0.8f);
            }

            Scatter mean = Line(Mean([.. model], value), colour, dashed ? 1.6f : 2.6f);
            mean.LinePattern = PlotStyle.Pattern(place, dashed);
            mean.LegendText = named ? model.Key : "";
        }

        Scatter Line(IEnumerable<(int Epoch, double Value)> points, Color colour, float width)
        {
            Scatter line = plot.Add.ScatterLine(points.Select(point => new Coordinates(point.Epoch, point.Value)).ToArray(), colour);
            line.LineWidth = width;
            return line;
        }
    }

    private static Plot Finished(Plot plot, string title, string label, bool legend)
    {
        PlotStyle.Apply(plot);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        plot.Title(title, PlotStyle.TitleSize);
        plot.XLabel("epoch", PlotStyle.LabelSize);
        plot.YLabel(label, PlotStyle.LabelSize);
        if (legend)
        {
            plot.ShowLegend(Edge.Right);
        }
        else
        {
            plot.HideLegend();
        }

        return plot;
    }
}
