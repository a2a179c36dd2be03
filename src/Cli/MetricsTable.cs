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
    /// <param name="metrics">The figures.</param>
    /// <param name="interval">Confidence interval of the UAR.</param>
    public static void Show(IAnsiConsole console, string side, MetricsSummary metrics, Interval? interval)
    {
        console.WriteLine(
            $"{side}: UAR {Percent(metrics.Uar)} % {Range(interval)}, WA {Percent(metrics.Accuracy)} %, "
            + $"macro-F1 {Percent(metrics.MacroF1)} %, chance {Percent(metrics.ChanceUar)} %");
        Table table = Screen.Table(console, "class", ">clips", ">recall %");
        for (int i = 0; i < metrics.Confusion.Classes.Count; i++)
        {
            table.Row(metrics.Confusion.Classes[i], $"{metrics.Support[i]}", Percent(metrics.Recall[i]));
        }

        console.Write(table);
    }
}
