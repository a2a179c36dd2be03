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
}
