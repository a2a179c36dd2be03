using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Training;

/// <summary>Scikit-learn's stopping rule (MLPClassifier's tol and n_iter_no_change), computed from the history alone, so that a resumed run
/// needs no further state.</summary>
public static class Plateau
{
    /// <summary>Smallest decrease of the loss that counts.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>Number of consecutive epochs, up to the last, that did not lower the best training loss by at least
    /// <see cref="Tolerance"/>.</summary>
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
