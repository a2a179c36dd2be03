using Plotly.NET;
using Plotly.NET.CSharp;
using SpeechEmotion.Evaluation;
using Chart = Plotly.NET.CSharp.Chart;

namespace SpeechEmotion.Reporting;

/// <summary>The interactive charts: Plotly.NET figures as JSON. The page sets the colours of text and grid.</summary>
internal static class Charts
{
    /// <summary>Plotly's axis of names.</summary>
    private const string Category = "category";

    /// <summary>A confusion matrix; hovering shows the count, the row's total and the share.</summary>
    public static string Confusion(ConfusionMatrix matrix)
    {
        bool many = matrix.Classes.Count > 5;
        int[] order = [.. Enumerable.Range(0, matrix.Classes.Count)];
        string[] names = [.. matrix.Classes.Select(HtmlPage.Escape)];
        double[][] shares =
        [
            .. order.Select(t => order
                .Select(p => matrix.RowShare(t, p) is double share && double.IsFinite(share) ? share : 0).ToArray()),
        ];
        string[][] hover =
        [
            .. order.Select(t => order
                .Select(p => $"{ReportText.Count(matrix[t, p])} of {ReportText.Count(matrix.RowTotal(t))} clips "
                    + $"({ReportText.Percent(matrix.RowShare(t, p))} %)").ToArray()),
        ];
        object[][] colours = [.. Enumerable.Range(0, 21).Select(i => new object[] { i / 20.0, CellColour.Background(i / 20.0) })];
        GenericChart chart = Chart.Heatmap<double, string, string, string>(
            shares, X: names, Y: names, ShowScale: false, XGap: 2, YGap: 2, UseDefaults: false);
        Trace trace = chart.GetTraces().First();
        trace.SetProperty("zmin", 0);
        trace.SetProperty("zmax", 1);
        trace.SetProperty("colorscale", colours);
        trace.SetProperty("text", hover);
        trace.SetProperty("hovertemplate", "true %{y}, predicted %{x}<br>%{text}<extra></extra>");
        return Json(chart, layout =>
        {
            layout.SetProperty("margin", Object(("l", 70), ("r", 5), ("t", 5), ("b", 50)));
            layout.SetProperty("xaxis", Object(
                ("title", Object(("text", "predicted"))), ("showgrid", false), ("ticks", ""), ("type", "category")));
            layout.SetProperty("yaxis", Object(
                ("title", Object(("text", "true"))), ("showgrid", false), ("ticks", ""), ("type", "category"), ("autorange", "reversed")));

            // Plotly's own cell text is #444 on medium blues, a contrast under 4.5; annotations use black or white, whichever has more
            // contrast.
            layout.SetProperty("annotations", order.SelectMany(t => order.Select(p =>
            {
                string share = ReportText.Percent(matrix.RowShare(t, p)) + (many ? "" : " %");
                string colour = CellColour.Text(CellColour.Background(matrix.RowShare(t, p)));
                return Object(
                    ("x", p), ("y", t), ("showarrow", false), ("text", $"<b>{share}</b><br>{ReportText.Count(matrix[t, p])}"),
                    ("font", Object(("color", colour), ("size", many ? 11 : 13))));
            })).ToArray());
        });
    }

    /// <summary>UAR of each model with its interval, one colour per label set; chance as a dotted line.</summary>
    public static string Uar(IReadOnlyList<SystemSummary> rows)
    {
        List<GenericChart> charts = [.. rows.GroupBy(row => row.Labels).Select((set, i) =>
        {
            GenericChart chart = Chart.Point<string, double, string>(
                set.Select(row => HtmlPage.Escape(row.Model)), set.Select(row => 100 * row.Metrics.Uar),
                Name: HtmlPage.Escape(ReportText.LabelSet(set.Key)), UseDefaults: false);
            Trace trace = chart.GetTraces().First();
            trace.SetProperty("marker", Object(("size", 11), ("color", PlotStyle.Hex(i))));
            trace.SetProperty("error_y", Object(("type", "data"), ("symmetric", false), ("thickness", 2), ("width", 6),
                ("array", set.Select(row => 100 * ((row.UarInterval?.High ?? row.Metrics.Uar) - row.Metrics.Uar)).ToArray()),
                ("arrayminus", set.Select(row => 100 * (row.Metrics.Uar - (row.UarInterval?.Low ?? row.Metrics.Uar))).ToArray())));
            trace.SetProperty("hovertemplate", "%{x}: %{y:.1f} %<extra>" + HtmlPage.Escape(ReportText.LabelSet(set.Key)) + "</extra>");
            return chart;
        })];
        return Json(Chart.Combine(charts), layout =>
        {
            Axes(layout, "", "UAR, % (dotted: chance)", Category);
            layout.SetProperty("shapes", rows.DistinctBy(row => row.Labels).Select((row, i) => Object(
                ("type", "line"), ("xref", "paper"), ("x0", 0), ("x1", 1),
                ("y0", 100 * row.Metrics.ChanceUar), ("y1", 100 * row.Metrics.ChanceUar),
                ("line", Object(("color", PlotStyle.Hex(i)), ("width", 1.5), ("dash", "dot"))))).ToArray());
            layout.SetProperty("scattermode", "group");
        });
    }

    /// <summary>UAR of each model as recorded and under each condition; chance as a dotted line.</summary>
    public static string Conditions(StudyView view, IReadOnlyList<ScoredSystem> systems)
    {
        string[] names = [ConditionSection.Recorded, .. view.Conditions.Select(condition => HtmlPage.Escape(condition.Name))];
        double chance = 100 * systems[0].Row.Metrics.ChanceUar;
        return Json(Chart.Combine(systems.Select(system =>
        {
            int place = view.Models.ToList().IndexOf(system.Row.Model);
            string dash = PlotStyle.Repeats(place) ? "dash" : "solid";
            GenericChart chart = Chart.Line<string, double, string>(
                names, system.Percents, Name: HtmlPage.Escape(system.Row.Model), ShowMarkers: true, UseDefaults: false);
            Trace trace = chart.GetTraces().First();
            trace.SetProperty("line", Object(("color", PlotStyle.Hex(place)), ("width", 1), ("dash", dash)));
            trace.SetProperty("marker", Object(("size", 9)));
            trace.SetProperty("hovertemplate", $"{HtmlPage.Escape(system.Row.Model)}, %{{x}}: %{{y:.1f}} %<extra></extra>");
            return chart;
        })), layout =>
        {
            Axes(layout, "", "UAR, % (dotted: chance)", Category);
            layout.SetProperty("shapes", new[]
            {
                Object(
                    ("type", "line"), ("xref", "paper"), ("x0", 0), ("x1", 1), ("y0", chance), ("y1", chance),
                    ("line", Object(("color", "#7F7F7F"), ("width", 1.5), ("dash", "dot")))),
            });
        });
    }

    /// <summary>Names the axes; <paramref name="ticks"/> are Plotly's settings of those below, where its own choice would not do.</summary>
    internal static void Axes(Layout layout, string x, string y, string type = "-", params (string Name, object Value)[] ticks)
    {
        layout.SetProperty("margin", Object(("l", 55), ("r", 10), ("t", 10), ("b", 45)));
        // Every name is shown; numbers only so many as are read easily.
        layout.SetProperty("xaxis", Object(
        [
            ("title", Object(("text", x))), ("type", type), type == Category ? ("dtick", 1) : ("nticks", 8), ("automargin", true), .. ticks,
        ]));
        layout.SetProperty("yaxis", Object(("title", Object(("text", y)))));
        layout.SetProperty("legend", Object(("orientation", "h"), ("y", 1.02), ("yanchor", "bottom"), ("x", 0)));
        layout.SetProperty("hovermode", "closest");
    }

    internal static DynamicObj.DynamicObj Object(params (string Name, object Value)[] values)
    {
        DynamicObj.DynamicObj item = new();
        foreach ((string name, object value) in values)
        {
            item.SetProperty(name, value);
        }

        return item;
    }

    internal static string Json(GenericChart chart, Action<Layout> style)
    {
        Layout layout = new();
        style(layout);
        return GenericChart.toFigureJson(GenericChart.setLayout(layout, chart));
    }
}
