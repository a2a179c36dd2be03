using Spectre.Console;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Studies;
using static SpeechEmotion.Reporting.ReportText;

namespace SpeechEmotion.Cli;

/// <summary>A study's result in short, for the console.</summary>
internal static class StudyTableView
{
    /// <summary>Writes one row for each model and label set, or for each setting of a search or an ablation.</summary>
    public static void Show(IAnsiConsole console, StudyFolder study)
    {
        if (study.Choices() is IReadOnlyList<Choice> choices)
        {
            Show(console, choices);
        }
        else
        {
            Show(console, study.Runs());
        }
    }

    private static void Show(IAnsiConsole console, IReadOnlyList<Choice> choices)
    {
        Table table = Screen.Table(console, "labels", "setting", ">validation UAR %", ">to first setting", ">±", ">runs", ">train s");
        foreach (Choice row in choices)
        {
            table.Row(row.Labels, row.System.Name, row.ScoreText, row.DifferenceText, row.ErrorText, $"{row.Runs}", $"{row.Seconds:f0}");
        }

        console.Show(table);
    }

    /// <summary>Eight columns of these would not fit into a terminal of 80; the report has WA and more.</summary>
    private static void Show(IAnsiConsole console, IReadOnlyList<RunResult> runs)
    {
        Table table = Screen.Table(console, "labels", "model", ">UAR %", "95 % interval", ">chance %", ">parameters", ">train s");
        foreach (SystemSummary row in StudyTable.Rows(runs))
        {
            table.Row(
                row.Labels,
                row.Model,
                Percent(row.Metrics.Uar),
                Range(row.UarInterval),
                Percent(row.Metrics.ChanceUar),
                Count(row.Cost.Parameters),
                $"{row.Cost.TrainSeconds:f0}");
        }

        console.Show(table);
    }
}
