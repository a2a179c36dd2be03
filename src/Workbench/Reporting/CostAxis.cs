using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reporting;

/// <summary>A kind of cost that UAR is plotted against.</summary>
/// <param name="Name">Name in a title.</param>
/// <param name="Label">Name and unit at an axis.</param>
/// <param name="Of">Gives a system's value; null where it was not measured.</param>
internal sealed record CostAxis(string Name, string Label, Func<SystemCost, double?> Of)
{
    private static readonly CostAxis[] All =
    [
        new("parameters", "parameters", cost => cost.Parameters),
        new("multiply-accumulates", "multiply-accumulates of a 3 s clip", cost => cost.Macs),
        new("training time", "training time of a run, s", cost => cost.TrainSeconds),
        new("latency", "latency of a 3 s clip, ms", cost => 1000 * cost.LatencySeconds),
    ];

    /// <summary>The costs for which every system has a value above 0.</summary>
    public static IReadOnlyList<CostAxis> KnownOf(IReadOnlyList<SystemSummary> rows) =>
        [.. All.Where(axis => rows.All(row => axis.Of(row.Cost) > 0))];

    /// <summary>The axis for some systems: its logarithmic limits, the logarithms of its ticks and their texts. Ticks are at 1, 2 and 5 of
    /// every decade, or at the decades alone where those would be more than 7.</summary>
    public (double Low, double High, double[] At, string[] Texts) Ticks(IReadOnlyList<SystemSummary> rows)
    {
        double[] places = [.. rows.Select(row => Math.Log10(Of(row.Cost)!.Value))];
        double low = places.Min() - 0.3, high = places.Max() + 0.3;
        int first = (int)Math.Floor(low), last = (int)Math.Ceiling(high);
        double[] ticks =
        [
            .. Enumerable.Range(first, last - first + 1)
                .SelectMany(decade => new[] { 1.0, 2, 5 }.Select(step => decade + Math.Log10(step)))
                .Where(tick => tick >= low && tick <= high),
        ];
        ticks = ticks.Length > 7 ? [.. ticks.Where(tick => Math.Abs(tick - Math.Round(tick)) < 1e-9)] : ticks;
        return (low, high, ticks, [.. ticks.Select(tick => ReportText.Rounded(Math.Pow(10, tick)))]);
    }
}
