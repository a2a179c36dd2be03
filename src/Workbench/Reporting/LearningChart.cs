using Plotly.NET;
using Plotly.NET.CSharp;
using SpeechEmotion.Evaluation;
using Chart = Plotly.NET.CSharp.Chart;

namespace SpeechEmotion.Reporting;

/// <summary>The interactive learning curves, as JSON like <see cref="Charts"/>.</summary>
internal static class LearningChart
{
    private const int FewEpochs = 8;

    /// <summary>A value over the epochs: a mean line for each model and its runs as thin lines. Dashed lines show a second value; a model
    /// without validation has only that one. Where the palette repeats, the means are dotted.</summary>
    public static string Of(
        IReadOnlyList<RunResult> runs, IReadOnlyList<string> models, string label,
        Func<EpochRow, double> value, Func<EpochRow, double>? dashed)
    {
        List<GenericChart> lines = [];
        foreach (IGrouping<string, RunResult> model in runs.GroupBy(run => run.Model))
        {
            int place = models.ToList().IndexOf(model.Key);
            string colour = PlotStyle.Hex(place);
            bool solid = dashed is null || model.Any(run => run.Validated);
            Func<EpochRow, double> drawn = solid ? value : dashed!;
            if (!model.Any(run => run.History.Any(row => double.IsFinite(drawn(row)))))
            {
                continue; // A line without points would still appear in the legend.
            }

            lines.AddRange(model.Select(run => Line(
                run.History.Select(row => (row.Epoch, drawn(row))), model.Key, colour, 1, "solid", 0.35,
                $"fold {run.Fold}, seed {run.Seed}")));
            string dash = PlotStyle.Dash(place, !solid);
            lines.Add(Line(LearningPicture.Mean([.. model], drawn), model.Key, colour, solid ? 3 : 1.8, dash, 1, null));
            if (solid && dashed is not null)
            {
                string second = PlotStyle.Dash(place, true);
                lines.Add(Line(LearningPicture.Mean([.. model], dashed), model.Key, colour, 1.8, second, 1, "training"));
            }
        }

        return Charts.Json(Chart.Combine(lines), layout =>
        {
            // Left alone, Plotly sets ticks between epochs where there are few.
            bool few = runs.Max(run => run.History.Count) <= FewEpochs;
            Charts.Axes(layout, "epoch", label, "-", few ? [("dtick", 1)] : []);
        });
    }

    private static GenericChart Line(
        IEnumerable<(int Epoch, double Value)> points, string model, string colour, double width, string dash, double opacity, string? note)
    {
        // In JSON a value that is not finite becomes text, and text would make Plotly's axis categorical.
        (int Epoch, double Value)[] rows = [.. points.Where(point => double.IsFinite(point.Value))];
        string name = HtmlPage.Escape(model);
        GenericChart chart = Chart.Line<int, double, string>(
            rows.Select(row => row.Epoch), rows.Select(row => row.Value),
            Name: name, ShowLegend: note is null, Opacity: opacity, UseDefaults: false);
        Trace trace = chart.GetTraces().First();
        trace.SetProperty("line", Charts.Object(("color", colour), ("width", width), ("dash", dash)));
        trace.SetProperty("legendgroup", name);
        trace.SetProperty("hovertemplate", $"{name}{(note is null ? ", mean" : $", {note}")}: %{{y:.3~g}} in epoch %{{x}}<extra></extra>");
        return chart;
    }
}
