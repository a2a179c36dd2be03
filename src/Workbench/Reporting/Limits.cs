using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reporting;

/// <summary>What a study's numbers do not say.</summary>
internal static class Limits
{
    public static IReadOnlyList<string> Of(StudyView view)
    {
        int seeds = view.Results.Select(run => run.Seed).Distinct().Count();
        int speakers = view.Rows.Count == 0 ? 0 : view.Rows.Max(row => row.Speakers);
        List<string> limits =
        [
            "The speech is acted or made for the purpose. How well a model hears felt emotion, other languages"
                + (view.Conditions.Count == 0
                    ? ", noise or a telephone is not measured here."
                    : " or a telephone is not measured here; the other conditions are made, and of simple kinds."),
            view.OfTable
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
            view.Results.Any(run => run.Validated)
                ? $"Learning curves show validation {view.Groups}; they are no test figures."
                : $"No {view.Groups[..^1]} validates: learning curves are of the training loss alone, and the last epoch is taken.",
            "Training time and speed belong to this machine and what else ran on it.",
        ];
        int place = 2;
        foreach (IGrouping<string, StudyPair> family in view.Pairs.GroupBy(pair => pair.Labels))
        {
            // Smallest possible adjusted p: the minimum of the sign-flip test times the number of tests.
            int fewest = family.Min(pair => pair.Comparison.Speakers), tests = family.Count();
            if (tests * Math.Pow(2, 1 - fewest) >= ReportText.Alpha)
            {
                string counts = $"{ReportText.Plural(fewest, view.Groups[..^1])} and {ReportText.Plural(tests, "pair")}";
                limits.Insert(place++, $"With {counts} on {ReportText.LabelSet(family.Key)} the paired test cannot reach "
                    + $"p < {ReportText.Alpha} after Holm's correction, however large the difference.");
            }
        }

        if (!view.SpeakersApart)
        {
            limits.Insert(0, "Speakers stand on both sides of the split, so a model may know the voice instead of the emotion. "
                + "Nothing here tells how it does on a new speaker.");
        }

        return limits;
    }
}
