using Spectre.Console;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Cli;

/// <summary>Figures of one model, for the console.</summary>
internal static class MetricsTable
{
    /// <summary>Writes the headline and the recall of each class.</summary>
    /// <param name="console">Takes it.</param>
    /// <param name="side">What was scored: test, validation or all.</param>
    /// <param name="metrics">The figures.</param>
    /// <param name="interval">Of the UAR.</param>
    public static void Show(IAnsiConsole console, string side, MetricsSummary metrics, Interval? interval)
    {
        console.WriteLine($"{side}: UAR {100 * metrics.Uar:f1} % [{Text(interval)}], WA {100 * metrics.Accuracy:f1} %, macro-F1 {100 * metrics.MacroF1:f1} %, chance {100 * metrics.ChanceUar:f1} %");
        Table table = Screen.Table(console, "class", ">clips", ">recall %");
        for (int i = 0; i < metrics.Confusion.Classes.Count; i++)
        {
            table.Row(metrics.Confusion.Classes[i], $"{metrics.Support[i]}", $"{100 * metrics.Recall[i]:f1}");
        }

        console.Write(table);
    }

    /// <summary>An interval in percent; a dash where one speaker gives none.</summary>
    public static string Text(Interval? interval) => interval is null ? "–" : $"{100 * interval.Low:f1} to {100 * interval.High:f1}";
}
