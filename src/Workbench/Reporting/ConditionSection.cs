using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using static SpeechEmotion.Reporting.ReportText;

namespace SpeechEmotion.Reporting;

/// <summary>A report's text and tables on how a study's models score under conditions other than those of the recordings.</summary>
internal static class ConditionSection
{
    public const string Title = "Under other conditions";

    /// <summary>Name of the unaltered clips in tables and charts.</summary>
    public const string Recorded = "as recorded";

    /// <summary>Table of a label set: one row per model, one column per condition.</summary>
    public static ReportTable Table(StudyView view, string set) => new(
        $"UAR in percent with its 95 % interval, {LabelSet(set)}; chance {Percent(view.RowsOf(set).First().Metrics.ChanceUar)}. "
            + $"The same test clips as recorded, and altered: {string.Join("; ", view.Conditions.Select(condition => condition.Title))}",
        ["Model", Recorded, .. view.Conditions.Select(condition => condition.Name)],
        [.. view.RowsOf(set).Select(row => (string[])
        [
            row.Model, Figure(row.Metrics.Uar, row.UarInterval),
            .. view.Conditions.Select(condition => Of(view, row, condition) is ConditionScore score
                ? Figure(score.All.Metrics.Uar, score.All.UarInterval)
                : None),
        ])]);

    /// <summary>Differences between pairs of models over all conditions; null where no two models were scored under every
    /// condition.</summary>
    public static ReportTable? Pairs(StudyView view, string set) => view.ConditionPairsOf(set) is { Count: > 0 } pairs
        ? StudyTables.Pairs(view, $"mean UAR over {Plural(view.Conditions.Count, "condition")}, {LabelSet(set)}", pairs)
        : null;

    /// <summary>A paragraph on a label set: the model with the highest mean UAR, the models that it is and is not significantly better
    /// than, and the models that are at chance under each condition. Null where no model was scored under every condition, or the models'
    /// runs differ.</summary>
    public static string? Finding(StudyView view, string set)
    {
        IReadOnlyList<ScoredSystem> scored = Complete(view, set);
        if (scored.Count == 0 || !view.SameRuns(set))
        {
            return null;
        }

        ScoredSystem best = scored.MaxBy(Mean)!;
        int all = view.RowsOf(set).Count();
        string[] lost =
        [
            .. view.Conditions
                .Select((condition, i) => (condition.Name, Models: scored
                    .Where(one => one.Scores[i].All.UarInterval?.Low <= one.Row.Metrics.ChanceUar)
                    .Select(one => one.Row.Model).ToArray()))
                .Where(at => at.Models.Length > 0)
                .Select(at => $"{at.Name} ({List(at.Models)})"),
        ];
        string rank = scored.Count > 1 ? "the highest mean UAR" : "a mean UAR of";
        string among = scored.Count < all ? $", of the {scored.Count} of {all} models that were scored so" : "";
        string chance = lost.Length == 0 ? "" : $" Not told apart from chance: {List(lost)}.";
        return $"{Findings.Capital(LabelSet(set))}, under other conditions: {best.Row.Model} has {rank} {Percent(Mean(best))} % "
            + $"over {Plural(best.Scores.Count, "condition")}, {Percent(best.Row.Metrics.Uar)} % as recorded{among}."
            + $"{Findings.Leads(best.Row.Model, view.ConditionPairsOf(set))}{chance}";

        static double Mean(ScoredSystem system) => system.Scores.Average(score => score.All.Metrics.Uar);
    }

    /// <summary>The systems of a label set that were scored under every condition; none where there is no condition.</summary>
    public static IReadOnlyList<ScoredSystem> Complete(StudyView view, string set) => view.Conditions.Count == 0 ? [] :
    [
        .. view.RowsOf(set)
            .Select(row => new ScoredSystem(
                row, [.. view.Conditions.Select(condition => Of(view, row, condition)).OfType<ConditionScore>()]))
            .Where(system => system.Scores.Count == view.Conditions.Count),
    ];

    private static ConditionScore? Of(StudyView view, SystemSummary row, Condition condition) =>
        view.ConditionScores.FirstOrDefault(
            score => score.Model == row.Model && score.Labels == row.Labels && score.Condition == condition);
}

/// <summary>A system and its scores, one for each of the study's conditions.</summary>
internal sealed record ScoredSystem(SystemSummary Row, IReadOnlyList<ConditionScore> Scores)
{
    /// <summary>UAR in percent, as recorded and under each condition.</summary>
    public IReadOnlyList<double> Percents => [100 * Row.Metrics.Uar, .. Scores.Select(score => 100 * score.All.Metrics.Uar)];
}
