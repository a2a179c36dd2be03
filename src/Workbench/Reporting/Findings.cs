using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reporting;

/// <summary>What a study found, in sentences made from its numbers. A difference is named only where it is significant.</summary>
internal static class Findings
{
    /// <summary>Paragraphs: one per label set, one per label set on other conditions, and one per pair of label sets of which one contains
    /// the other's classes.</summary>
    public static IReadOnlyList<string> Of(StudyView view) =>
    [
        .. view.Sets.Select(set => OfSet(view, set)),
        .. view.Sets.Select(set => ConditionSection.Finding(view, set)).OfType<string>(),
        .. view.Shared.GroupBy(score => (score.From, score.To)).Select(group => OfShared([.. group])),
    ];

    private static string OfSet(StudyView view, string set)
    {
        SystemSummary[] rows = [.. view.RowsOf(set).OrderByDescending(row => row.Metrics.Uar)];
        SystemSummary best = rows[0];
        string name = Capital(ReportText.LabelSet(set));
        string figure = $"UAR {ReportText.Percent(best.Metrics.Uar)} %"
            + (best.UarInterval is null ? "" : $" {ReportText.Range(best.UarInterval)}")
            + $", chance {ReportText.Percent(best.Metrics.ChanceUar)} %";
        if (rows.Length == 1)
        {
            return $"{name}: {best.Model} reaches {figure}. {AboveChance(best)}".TrimEnd();
        }

        if (!view.SameRuns(set))
        {
            return $"{name}: {best.Model} has the highest figure so far ({figure}), "
                + "but the models' runs cover different folds or seeds, so no ranking is given yet.";
        }

        IReadOnlyList<StudyPair> pairs = view.PairsOf(set);
        string start = Others(best.Model, pairs).All(Beaten)
            ? $"{name}: {best.Model} leads with {figure}."
            : $"{name}: {best.Model} has the highest figure with {figure}.";
        return $"{start}{Leads(best.Model, pairs)} {AboveChance(best)}".TrimEnd();
    }

    /// <summary>Sentences, each after a space, that name the models that the best one is significantly better than and those that it is not
    /// distinguishable from; empty where there is no pair.</summary>
    public static string Leads(string best, IReadOnlyList<StudyPair> pairs)
    {
        ILookup<bool, (string Other, double Lead, double P)> others = Others(best, pairs).ToLookup(Beaten);
        string[] beaten = [.. others[true].Select(Say)];
        string[] level = [.. others[false].Select(other => $"{other.Other} ({ReportText.PEquals(other.P)})")];
        return (beaten.Length > 0 ? $" It is significantly better than {ReportText.List(beaten)}." : "")
            + (level.Length > 0 ? $" It is not distinguishable from {ReportText.List(level)}." : "");
    }

    private static IEnumerable<(string Other, double Lead, double P)> Others(string best, IReadOnlyList<StudyPair> pairs) =>
        from pair in pairs
        where pair.First == best || pair.Second == best
        select pair.First == best
            ? (pair.Second, pair.Comparison.Difference, pair.AdjustedP)
            : (pair.First, -pair.Comparison.Difference, pair.AdjustedP);

    private static bool Beaten((string Other, double Lead, double P) other) => other.P < ReportText.Alpha && other.Lead > 0;

    private static string AboveChance(SystemSummary best) =>
        best.UarInterval is Interval interval && interval.Low <= best.Metrics.ChanceUar
            ? "Even the best interval reaches down to chance."
            : "";

    private static string Say((string Other, double Lead, double P) other) =>
        $"{other.Other} ({ReportText.Points(other.Lead)} points, {ReportText.PEquals(other.P)})";

    private static string OfShared(SharedScore[] scores)
    {
        SharedScore[] compared = [.. scores.Where(score => score.AgainstOwn is not null)];
        string from = ReportText.LabelSet(scores[0].From), to = ReportText.LabelSet(scores[0].To);
        if (compared.Length == 0)
        {
            return $"{Capital(to)} against {from}: the two have no test set in common yet.";
        }

        // Each model is one test of the same question, so these p-values are adjusted too.
        double[] adjusted = [.. Adjusted(compared)];
        (SharedScore Score, double P)[] apart = [.. compared.Zip(adjusted).Where(pair => pair.Second < ReportText.Alpha)];
        string start = $"{Capital(to)} against {from}: told to choose among {ReportText.List(scores[0].Classes)} alone, ";
        if (apart.Length == 0)
        {
            return $"{start}no model trained on {from} is distinguishable from itself trained on {to}.";
        }

        IEnumerable<string> found = apart.Select(one =>
            $"{one.Score.Model} trained on {from} is {(one.Score.AgainstOwn!.Difference > 0 ? "better" : "worse")} than trained on {to} "
            + $"({ReportText.Points(one.Score.AgainstOwn.Difference)} points, {ReportText.PEquals(one.P)})");
        string others = compared.Length - apart.Length == 1 ? "other model is" : "other models are";
        string end = apart.Length < compared.Length ? $"; the {others} not distinguishable." : ".";
        return start + string.Join("; ", found) + end;
    }

    /// <summary>Holm-adjusted p-values of the comparisons of each model with itself trained on fewer classes.</summary>
    public static IReadOnlyList<double> Adjusted(IReadOnlyList<SharedScore> compared) =>
        Holm.Adjust([.. compared.Select(score => score.AgainstOwn!.PValue)]);

    /// <summary>The text with its first letter capitalised.</summary>
    public static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
