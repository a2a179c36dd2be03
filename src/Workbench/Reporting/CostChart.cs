using Plotly.NET;
using Plotly.NET.CSharp;
using SpeechEmotion.Evaluation;
using Chart = Plotly.NET.CSharp.Chart;

namespace SpeechEmotion.Reporting;

/// <summary>The interactive chart of UAR against cost, as JSON like <see cref="Charts"/>.</summary>
internal static class CostChart
{
    private static readonly string[] Symbols = ["circle", "square", "diamond", "triangle-up", "triangle-down"];

    /// <summary>As <see cref="CostPicture"/>: one colour per model, one shape per label set, open shapes where the palette repeats; a
    /// logarithmic cost axis.</summary>
    public static string Of(IReadOnlyList<SystemSummary> rows, CostAxis axis)
    {
        string[] sets = [.. rows.Select(row => row.Labels).Distinct()];
        IEnumerable<GenericChart> models = rows.GroupBy(row => row.Model).Select((model, place) => Points(
            HtmlPage.Escape(model.Key), PlotStyle.Hex(place), [.. model.Select(row => (object)axis.Of(row.Cost)!.Value)],
            [.. model.Select(row => (object)(100 * row.Metrics.Uar))],
            [.. model.Select(row => Symbols[Array.IndexOf(sets, row.Labels) % Symbols.Length] + (PlotStyle.Repeats(place) ? "-open" : ""))],
            [.. model.Select(row => HtmlPage.Escape(ReportText.LabelSet(row.Labels)))]));

        // Keys of the label sets: each has a point that is nowhere, or the legend would leave it out.
        IEnumerable<GenericChart> keys = sets.Length == 1 ? [] : sets.Select((set, i) => Points(
            HtmlPage.Escape(ReportText.LabelSet(set)), "#7F7F7F", [null], [null], [Symbols[i % Symbols.Length]], [""]));
        return Charts.Json(Chart.Combine([.. models, .. keys]), layout =>
        {
            (double low, double high, double[] ticks, string[] names) = axis.Ticks(rows);
            Charts.Axes(
                layout, axis.Label, "UAR, %", "log",
                ("range", new[] { low, high }), ("tickvals", ticks.Select(tick => Math.Pow(10, tick)).ToArray()), ("ticktext", names));
        });
    }

    private static GenericChart Points(string name, string colour, object?[] x, object?[] y, string[] symbols, string[] sets)
    {
        GenericChart chart = Chart.Point<double, double, string>([], [], Name: name, UseDefaults: false);
        Trace trace = chart.GetTraces().First();
        trace.SetProperty("x", x);
        trace.SetProperty("y", y);
        trace.SetProperty("text", sets);
        trace.SetProperty("cliponaxis", false);
        trace.SetProperty("showlegend", true);
        trace.SetProperty("marker", Charts.Object(("size", 11), ("color", colour), ("symbol", symbols)));
        trace.SetProperty("hovertemplate", $"{name}, %{{text}}: %{{y:.1f}} % with %{{x:,.4~g}}<extra></extra>");
        return chart;
    }
}
