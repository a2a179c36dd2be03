namespace SpeechEmotion.Evaluation;

/// <summary>A metric of a confusion matrix, such as <see cref="Metrics.Uar"/>.</summary>
/// <param name="counts">Confusion counts, classCount × classCount in row-major order: true class by answer.</param>
/// <param name="classCount">Number of classes.</param>
/// <returns>The metric; NaN where the counts are all 0.</returns>
public delegate double Statistic(ReadOnlySpan<int> counts, int classCount);

/// <summary>Metrics of a set of predictions. A metric with nothing to count is NaN (null in metrics.json).</summary>
/// <param name="Uar">Unweighted average recall, 0 to 1: the mean recall of the classes that have clips.</param>
/// <param name="Accuracy">Share of right answers (WA), 0 to 1.</param>
/// <param name="MacroF1">Mean F1 of the classes that have clips or answers, 0 to 1.</param>
/// <param name="Recall">Recall of each class in the classes' order; NaN for a class without clips.</param>
/// <param name="Support">Number of clips of each true class.</param>
/// <param name="ChanceUar">Expected UAR of answers drawn at random: 1 over the number of classes that the model can answer.</param>
/// <param name="Confusion">The counts that the metrics are computed from.</param>
public sealed record MetricsSummary(
    double Uar,
    double Accuracy,
    double MacroF1,
    IReadOnlyList<double> Recall,
    IReadOnlyList<int> Support,
    double ChanceUar,
    ConfusionMatrix Confusion);

/// <summary>Metrics as scikit-learn defines them: UAR is <c>balanced_accuracy_score</c> (a class without clips is left out, where
/// <c>recall_score(average="macro")</c> would count it as 0 once it is predicted), macro-F1 is <c>f1_score(average="macro")</c>
/// (the union of true and predicted classes, so a class that is only ever predicted counts as 0).</summary>
public static class Metrics
{
    /// <summary>Computes all metrics.</summary>
    /// <param name="predictions">Predictions over <paramref name="classes"/>; with none, every figure is NaN.</param>
    /// <param name="classes">Class names in order.</param>
    /// <exception cref="InputException">A row's class is outside the list.</exception>
    public static MetricsSummary Compute(IReadOnlyList<Prediction> predictions, IReadOnlyList<string> classes) =>
        ComputeScored(predictions, classes, classes.Count);

    /// <summary>As <see cref="Compute"/>, with macro-F1 over the first <paramref name="scored"/> classes.</summary>
    internal static MetricsSummary ComputeScored(IReadOnlyList<Prediction> predictions, IReadOnlyList<string> classes, int scored)
    {
        ConfusionMatrix confusion = new(predictions, classes);
        ReadOnlySpan<int> counts = confusion.Counts;
        return new MetricsSummary(
            Uar(counts, classes.Count), Accuracy(counts, classes.Count), MacroF1(counts, classes.Count, scored),
            [.. classes.Select((_, c) => confusion.RowShare(c, c))], [.. classes.Select((_, c) => confusion.RowTotal(c))],
            1.0 / classes.Count, confusion);
    }

    /// <summary>Unweighted average recall over the classes that have clips; NaN with no clip.</summary>
    /// <inheritdoc cref="Statistic"/>
    public static double Uar(ReadOnlySpan<int> counts, int classCount)
    {
        double sum = 0;
        int present = 0;
        for (int c = 0; c < classCount; c++)
        {
            int support = Row(counts, classCount, c);
            if (support > 0)
            {
                sum += (double)counts[c * classCount + c] / support;
                present++;
            }
        }

        return sum / present;
    }

    /// <summary>Share of right answers; NaN with no clip.</summary>
    /// <inheritdoc cref="Statistic"/>
    public static double Accuracy(ReadOnlySpan<int> counts, int classCount)
    {
        int right = 0, all = 0;
        for (int c = 0; c < classCount; c++)
        {
            right += counts[c * classCount + c];
            all += Row(counts, classCount, c);
        }

        return (double)right / all;
    }

    /// <summary>Mean F1 over the classes that have clips or answers; NaN with no clip.</summary>
    /// <inheritdoc cref="Statistic"/>
    public static double MacroF1(ReadOnlySpan<int> counts, int classCount) => MacroF1(counts, classCount, classCount);

    /// <summary>As <see cref="MacroF1(ReadOnlySpan{int}, int)"/>, with the mean over the first <paramref name="scored"/> classes only
    /// (scikit-learn's <c>labels</c>).</summary>
    internal static double MacroF1(ReadOnlySpan<int> counts, int classCount, int scored)
    {
        double sum = 0;
        int present = 0;
        for (int c = 0; c < scored; c++)
        {
            int either = Row(counts, classCount, c); // 2 × true positives + false positives + false negatives
            for (int truth = 0; truth < classCount; truth++)
            {
                either += counts[truth * classCount + c];
            }

            if (either > 0)
            {
                sum += 2.0 * counts[c * classCount + c] / either;
                present++;
            }
        }

        return sum / present;
    }

    private static int Row(ReadOnlySpan<int> counts, int classCount, int truth)
    {
        int sum = 0;
        foreach (int count in counts.Slice(truth * classCount, classCount))
        {
            sum += count;
        }

        return sum;
    }
}
