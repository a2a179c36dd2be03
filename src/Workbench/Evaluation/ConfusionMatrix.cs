namespace SpeechEmotion.Evaluation;

/// <summary>Number of clips of each true class that got each answer.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[] counts;

    /// <summary>Counts predictions.</summary>
    /// <param name="predictions">Rows whose truth and probabilities follow <paramref name="classes"/>; may be empty.</param>
    /// <param name="classes">Class names in the order of rows and columns.</param>
    /// <exception cref="InputException">A row's true or predicted class is outside the list.</exception>
    public ConfusionMatrix(IEnumerable<Prediction> predictions, IReadOnlyList<string> classes)
    {
        Classes = classes;
        counts = new int[classes.Count * classes.Count];
        Count(predictions, classes.Count, counts);
    }

    /// <summary>Class names in the order of rows and columns.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Number of clips counted.</summary>
    public int Total => counts.Sum();

    /// <summary>Number of clips of one true class that got one answer.</summary>
    /// <param name="truth">Index of the true class: the row.</param>
    /// <param name="predicted">Index of the answer: the column.</param>
    public int this[int truth, int predicted] => counts[Index(truth) * Classes.Count + Index(predicted)];

    /// <summary>The counts in row-major order: (true class 0, answer 0), (0, 1), …</summary>
    public ReadOnlySpan<int> Counts => counts;

    /// <summary>Number of clips of a true class.</summary>
    /// <param name="truth">Index of the true class.</param>
    public int RowTotal(int truth) => counts.AsSpan(Index(truth) * Classes.Count, Classes.Count).ToArray().Sum();

    /// <summary>Share of a true class's clips that got an answer, 0 to 1; NaN where the class has no clip.</summary>
    /// <param name="truth">Index of the true class: the row.</param>
    /// <param name="predicted">Index of the answer: the column.</param>
    public double RowShare(int truth, int predicted) =>
        RowTotal(truth) is int total and > 0 ? (double)this[truth, predicted] / total : double.NaN;

    internal static void Count(IEnumerable<Prediction> predictions, int classCount, Span<int> counts)
    {
        foreach (Prediction row in predictions)
        {
            int predicted = row.Predicted;
            if (row.Truth < 0 || row.Truth >= classCount || predicted >= classCount)
            {
                int outside = row.Truth >= 0 && row.Truth < classCount ? predicted : row.Truth;
                throw new InputException($"prediction of '{row.Key}': class {outside} is outside the {classCount} classes; "
                    + "score it with the classes that the model was trained on");
            }

            counts[row.Truth * classCount + predicted]++;
        }
    }

    private int Index(int index) => index >= 0 && index < Classes.Count
        ? index
        : throw new ArgumentOutOfRangeException(nameof(index), index, "no such class");
}
