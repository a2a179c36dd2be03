using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reporting;

/// <summary>What a study's numbers do not say.</summary>
internal static class Limits
{
    public static IReadOnlyList<string> Of(StudyView view)
    {
        int seeds = view.Results.Select(run => run.Seed).Distinct().Count();
        int speakers = view.Rows.Max(row => row.Speakers);
        List<string> limits =
        [
            Speech(view)
                + (view.Conditions.Count == 0
                    ? ", noise or a telephone is not measured here."
                    : " or a telephone is not measured here; the other conditions are made, and of simple kinds."),
            speakers < 2
                ? "One speaker is scored, so there are no intervals: nothing here says how the figures would move with other speakers."
                : view.OfTable
                ? $"The intervals are over the {ReportText.Plural(speakers, "scored row")}, as if each were a speaker of its own: "
                    + "they are too narrow for new speakers, and hold nothing of another training set."
                : $"The intervals are over the {ReportText.Plural(speakers, "scored speaker")}: they say how the figure would move "
                    + "with other speakers of the same kind, for the models as they were trained. "
                    + "They hold nothing of another training set.",
            seeds < 2
                ? "There is one seed, so how much of a difference is chance in training is not measured: "
                    + $"a difference that is significant over {view.Groups} may still turn with another seed."
                : $"Deviations over {seeds} seeds say how much chance in training matters; p-values and intervals do not contain it.",
            $"'Not distinguishable' does not mean equal: it means that these {view.Groups} are too few to tell.",
            .. Curves(view),
            view.OneMachine
                ? "Training time and speed belong to this machine and what else ran on it."
                : "Training time and speed belong to several machines or devices and what else ran on them: they do not compare, "
                    + "nor do their pictures.",
        ];
        limits.InsertRange(2, Unreachable(view));
        if (speakers <= StudyTables.FewSpeakers && view.Rows.Any(row => row.UarInterval is not null))
        {
            limits.Insert(
                2,
                $"Over {ReportText.Plural(speakers, "speaker")} an interval is too narrow to be relied on: "
                + "of 95 % intervals over 4 speakers, 89 % held the true figure in simulated studies, and of those over 2 speakers 50 %.");
        }

        if (!view.SpeakersApart)
        {
            limits.Insert(0, "Speakers stand on both sides of the split, so a model may know the voice instead of the emotion. "
                + "Nothing here tells how it does on a new speaker.");
        }

        return limits;
    }

    private static string[] Curves(StudyView view) => view.WithCurves.Count == 0 ? []
        : view.Results.Any(run => run.Validated) ? [$"Learning curves show validation {view.Groups}; they are no test figures."]
        : [$"No {view.Groups[..^1]} validates: learning curves are of the training loss alone, and the last epoch is taken."];

    private static string Speech(StudyView view)
    {
        HashSet<string> corpora = [.. view.Results.SelectMany(run => run.Predictions).Select(row => row.Corpus)];
        return corpora.All(name => CorpusCatalog.Find(name) is not null)
            ? "The speech is acted or made for the purpose. How well a model hears felt emotion, "
                + (corpora.Contains(EmoDb.CorpusName) ? "further languages" : "other languages")
            : $"How well a model hears other speech than that of {ReportText.List([.. corpora.Order(StringComparer.Ordinal)])}";
    }

    /// <summary>Tables whose tests cannot reach significance: the smallest p-value of the test times the number of tests is too
    /// large.</summary>
    private static IEnumerable<string> Unreachable(StudyView view)
    {
        IEnumerable<(string Of, string Tests, Comparison Comparison)> tests =
        [
            .. view.Pairs.Select(pair => ($"on {ReportText.LabelSet(pair.Labels)}", "pair", pair.Comparison)),
            .. from score in view.Shared
               where score.AgainstOwn is not null
               select ($"between {ReportText.LabelSet(score.From)} and {ReportText.LabelSet(score.To)}", "model", score.AgainstOwn),
        ];
        return
            from family in tests.GroupBy(test => (test.Of, test.Tests), test => test.Comparison)
            let most = family.Max(test => test.Speakers)
            where family.Count() * SignFlipTest.LeastP(most) >= ReportText.Alpha
            select $"With {ReportText.Plural(most, view.Groups[..^1])} and {ReportText.Plural(family.Count(), family.Key.Tests)} "
                + $"{family.Key.Of} the paired test cannot reach p < {ReportText.Alpha} after Holm's correction, however large the "
                + "difference.";
    }
}
