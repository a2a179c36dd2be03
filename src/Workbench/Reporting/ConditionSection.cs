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

    /// <summary>A sentence on a label set: who keeps most, and who is at chance where; null where no model was heard under every condition, or the models' runs differ.</summary>
    public static string? Finding(StudyView view, string set)
    {
        IReadOnlyList<HeardSystem> heard = Heard(view, set);
        if (heard.Count == 0 || !view.SameRuns(set))
        {
            return null;
        }

        (SystemSummary best, IReadOnlyList<ConditionScore> scores) = heard.MaxBy(one => Mean(one.Scores))!;
        string[] lost = [.. view.Study.Conditions.Select((condition, i) => (condition.Name, Models: heard.Where(one => one.Scores[i].All.UarInterval?.Low <= one.Row.Metrics.ChanceUar).Select(one => one.Row.Model).ToArray()))
            .Where(at => at.Models.Length > 0).Select(at => $"{at.Name} ({List(at.Models)})")];
        return $"{Findings.Capital(LabelSet(set))}, under other conditions: {best.Model} {(heard.Count > 1 ? "keeps most" : "keeps")}, a mean UAR of {Percent(Mean(scores))} % over {Plural(scores.Count, "condition")}, "
            + $"{Percent(best.Metrics.Uar)} % as recorded." + (lost.Length == 0 ? "" : $" Not told apart from chance: {List(lost)}.");

        static double Mean(IReadOnlyList<ConditionScore> scores) => scores.Average(score => score.All.Metrics.Uar);
    }

    /// <summary>The systems of a label set that were heard under every condition; none where there is no condition.</summary>
    public static IReadOnlyList<HeardSystem> Heard(StudyView view, string set) => view.Study.Conditions.Count == 0 ? [] :
    [
        .. view.RowsOf(set).Select(row => new HeardSystem(row, [.. view.Study.Conditions.Select(c => Of(view, row, c)).OfType<ConditionScore>()]))
            .Where(system => system.Scores.Count == view.Study.Conditions.Count),
    ];

    private static ConditionScore? Of(StudyView view, SystemSummary row, ConditionOptions condition) =>
        view.Conditions.FirstOrDefault(score => score.Model == row.Model && score.Labels == row.Labels && score.Condition == condition.Read().Name);
}

/// <summary>A system and its scores, one for each of the study's conditions.</summary>
internal sealed record HeardSystem(SystemSummary Row, IReadOnlyList<ConditionScore> Scores);
