using Spectre.Console;
using SpeechEmotion.Evaluation;
using static SpeechEmotion.Reporting.ReportText;

namespace SpeechEmotion.Cli;

/// <summary>Figures of one model, for the console.</summary>
internal static class MetricsTable
{
    /// <summary>Writes the headline and the recall of each class.</summary>
    /// <param name="console">Where to write.</param>
    /// <param name="side">What was scored: test, validation or all.</param>
    /// <param name="rows">The model's predictions.</param>
    /// <param name="classes">Class names in order.</param>
    public static void Show(IAnsiConsole console, string side, IReadOnlyList<Prediction> rows, IReadOnlyList<string> classes)
    {
        MetricsSummary metrics = Metrics.Compute(rows, classes);
        Interval? interval = Bootstrap.UarInterval(rows, classes.Count);
        int speakers = rows.Select(row => row.Speaker).Distinct().Count();
        string over = interval is null ? ""
            : $" {Range(interval)} over {speakers} {(rows.All(row => row.OfTable) ? "rows" : "speakers")}";
        console.Line(
            $"{side}: UAR {Percent(metrics.Uar)} %{over}, WA {Percent(metrics.Accuracy)} %, "
            + $"macro-F1 {Percent(metrics.MacroF1)} %, chance {Percent(metrics.ChanceUar)} %");
        Table table = Screen.Table(console, "class", ">clips", ">recall %");
        for (int i = 0; i < classes.Count; i++)
        {
            table.Row(classes[i], $"{metrics.Support[i]}", Percent(metrics.Recall[i]));
        }

        console.Show(table);
    }
}
