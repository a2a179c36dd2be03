using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using static SpeechEmotion.Reporting.ReportText;

namespace SpeechEmotion.Reporting;

/// <summary>What a study says of its models under other conditions than the recordings'.</summary>
internal static class ConditionSection
{
    public const string Title = "Heard under other conditions";

    /// <summary>A table of a label set: a row a model, a column a condition.</summary>
    public static ReportTable Table(StudyView view, string set)
    {
        IReadOnlyList<ConditionOptions> conditions = view.Study.Conditions;
        return new ReportTable(
            $"UAR in percent with its 95 % interval, {LabelSet(set)}; chance {Percent(view.RowsOf(set).First().Metrics.ChanceUar)}. The same test clips as recorded, and altered: "
                + string.Join("; ", conditions.Select(c => c.Say())),
            ["Model", "As recorded", .. conditions.Select(c => c.Name)],
            [.. view.RowsOf(set).Select(row => (string[])
            [
                row.Model, Figure(row.Metrics.Uar, row.UarInterval),
                .. conditions.Select(c => Of(view, row, c) is ConditionScore score ? Figure(score.All.Metrics.Uar, score.All.UarInterval) : None),
            ])]);
    }

    /// <summary>A sentence on a label set: who keeps most, and who is at chance where; null where there is no condition, or none of the models was heard under every one.</summary>
    public static string? Finding(StudyView view, string set)
    {
        (SystemSummary Row, ConditionScore[] Scores)[] heard = [.. view.RowsOf(set).Select(row => (row, view.Study.Conditions.Select(c => Of(view, row, c)).OfType<ConditionScore>().ToArray()))
            .Where(one => one.Item2.Length == view.Study.Conditions.Count)];
        if (heard.Length == 0 || view.Study.Conditions.Count == 0)
        {
            return null;
        }

        (SystemSummary best, ConditionScore[] scores) = heard.MaxBy(one => Mean(one.Scores));
        string[] lost = [.. view.Study.Conditions.Select((condition, i) => (condition.Name, Models: heard.Where(one => one.Scores[i].All.UarInterval?.Low <= one.Row.Metrics.ChanceUar).Select(one => one.Row.Model).ToArray()))
            .Where(at => at.Models.Length > 0).Select(at => $"{at.Name} ({List(at.Models)})")];
        return $"{char.ToUpperInvariant(set[0])}{LabelSet(set)[1..]}, under other conditions: {best.Model} {(heard.Length > 1 ? "keeps most" : "keeps")}, a mean UAR of {Percent(Mean(scores))} % over {Plural(scores.Length, "condition")}, "
            + $"{Percent(best.Metrics.Uar)} % as recorded." + (lost.Length == 0 ? "" : $" Not told apart from chance: {List(lost)}.");

        static double Mean(ConditionScore[] scores) => scores.Average(score => score.All.Metrics.Uar);
    }

    private static ConditionScore? Of(StudyView view, SystemSummary row, ConditionOptions condition) =>
        view.Conditions.FirstOrDefault(score => score.Model == row.Model && score.Labels == row.Labels && score.Condition == condition.Read().Name);
}
