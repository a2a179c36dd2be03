using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Training;

/// <summary>Scikit-learn's rule for the end of training (MLPClassifier's tol and n_iter_no_change), from the history alone, so that a
/// resumed run needs no more state.</summary>
public static class Plateau
{
    /// <summary>Least fall of the loss that counts.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>How many epochs in a row, up to the last, did not lower the best training loss by more than the tolerance.</summary>
    /// <param name="history">Finished epochs.</param>
    public static int Length(IReadOnlyList<EpochRow> history)
    {
        double best = double.PositiveInfinity;
        int length = 0;
        foreach (EpochRow row in history)
        {
            length = row.TrainLoss > best - Tolerance ? length + 1 : 0;
            best = Math.Min(best, row.TrainLoss);
        }

        return length;
    }
}
