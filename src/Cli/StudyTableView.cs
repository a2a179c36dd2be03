using Spectre.Console;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Cli;

/// <summary>A study's result in short, for the console.</summary>
internal static class StudyTableView
{
    /// <summary>Writes one row for each model and label set, best first within a label set.</summary>
    public static void Show(IAnsiConsole console, IReadOnlyList<RunResult> runs)
    {
        Table table = Screen.Table(console, "labels", "model", ">UAR %", "95 % interval", ">WA %", ">chance %", ">parameters", ">train s");
        foreach (var row in StudyTable.Rows(runs))
        {
            table.Row(row.Labels, row.Model, $"{100 * row.Uar:f1}", $"{100 * row.Interval.Low:f1} to {100 * row.Interval.High:f1}");
        }

        console.Write(table);
    }
}
