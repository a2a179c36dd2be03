namespace SpeechEmotion.Evaluation;

/// <summary>Scores a model of many classes on the fewer classes that it shares with another task, such as a six-class model on four
/// classes. Both methods keep only the rows whose true class is shared, and renumber classes to the other task's order.</summary>
public static class SharedClasses
{
    /// <summary>The model answers among all its classes; an answer that is not shared counts as wrong. This is what a user of the larger
    /// model gets.</summary>
    /// <param name="predictions">Predictions over <paramref name="fromClasses"/>.</param>
    /// <param name="fromClasses">All classes of the model.</param>
    /// <param name="toClasses">The shared classes, each one of <paramref name="fromClasses"/>.</param>
    /// <returns>Rows whose true class is shared. Classes are the shared ones first, then the others, which have answers but no clips.
    /// Probabilities are unchanged; in a tie, the first class in this order is the answer.
    /// <see cref="Metrics.Compute"/> gives the right UAR, accuracy and recall of this table; for macro-F1 over the shared classes alone use
    /// <see cref="FreeMetrics"/>.</returns>
    /// <exception cref="InputException">A shared class is unknown to the model or named twice.</exception>
    public static PredictionTable Free(
        IReadOnlyList<Prediction> predictions, IReadOnlyList<string> fromClasses, IReadOnlyList<string> toClasses) =>
        Renumber(predictions, fromClasses, [.. toClasses, .. fromClasses.Except(toClasses)], toClasses.Count);

    /// <summary>Metrics of <see cref="Free"/>, with macro-F1 over the shared classes only (scikit-learn's <c>labels</c>). Chance is 1 over
    /// all the model's classes.</summary>
    /// <param name="predictions">Predictions over <paramref name="fromClasses"/>.</param>
    /// <param name="fromClasses">All classes of the model.</param>
    /// <param name="toClasses">The shared classes.</param>
    /// <exception cref="InputException">A shared class is unknown to the model or named twice.</exception>
    public static MetricsSummary FreeMetrics(
        IReadOnlyList<Prediction> predictions, IReadOnlyList<string> fromClasses, IReadOnlyList<string> toClasses)
    {
        PredictionTable free = Free(predictions, fromClasses, toClasses);
        return Metrics.ComputeScored(free.Rows, free.Classes, toClasses.Count);
    }

    /// <summary>The model is told that only the shared classes are possible: their probabilities are divided by their sum. This is the fair
    /// comparison with a model that was trained on the shared classes alone.</summary>
    /// <param name="predictions">Predictions over <paramref name="fromClasses"/>.</param>
    /// <param name="fromClasses">All classes of the model.</param>
    /// <param name="toClasses">The shared classes, each one of <paramref name="fromClasses"/>.</param>
    /// <returns>Rows whose true class is shared, over <paramref name="toClasses"/>. Where the shared probabilities are all 0 (possible with
    /// a float32 softmax), each class gets an equal share.</returns>
    /// <exception cref="InputException">A shared class is unknown to the model or named twice.</exception>
    public static PredictionTable Restrict(
        IReadOnlyList<Prediction> predictions, IReadOnlyList<string> fromClasses, IReadOnlyList<string> toClasses)
    {
        PredictionTable shared = Renumber(predictions, fromClasses, toClasses, toClasses.Count);
        return shared with
        {
            Rows = [.. shared.Rows.Select(row =>
            {
                double sum = row.Probabilities.Sum();
                return row with { Probabilities = [.. row.Probabilities.Select(p => sum > 0 ? p / sum : 1.0 / toClasses.Count)] };
            })],
        };
    }

    /// <summary>Rows whose true class is among the first <paramref name="kept"/> of <paramref name="order"/>, with classes renumbered to
    /// that order.</summary>
    private static PredictionTable Renumber(
        IReadOnlyList<Prediction> predictions, IReadOnlyList<string> fromClasses, IReadOnlyList<string> order, int kept)
    {
        List<string> from = [.. fromClasses];
        int[] source = [.. order.Select(name => from.IndexOf(name))];
        int wrong = Array.FindIndex(source, (index) => index < 0);
        if (wrong >= 0 || source.Distinct().Count() != source.Length)
        {
            throw new InputException(wrong >= 0
                ? $"class '{order[wrong]}' is none of the model's classes {string.Join(", ", from)}; "
                    + "share only classes that the model knows"
                : $"a shared class is named twice in {string.Join(", ", order)}; name each once");
        }

        IEnumerable<Prediction> renumbered = predictions.Select(row => row with
        {
            Truth = Array.IndexOf(source, row.Truth),
            Probabilities = [.. source.Select(index => row.Probabilities[index])],
        });
        return new PredictionTable(order, [.. renumbered.Where(row => row.Truth >= 0 && row.Truth < kept)]);
    }
}
