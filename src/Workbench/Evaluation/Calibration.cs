namespace SpeechEmotion.Evaluation;

/// <summary>How far probabilities can be trusted: temperature scaling and the expected calibration error (Guo et al., 2017).</summary>
public static class Calibration
{
    /// <summary>Number of confidence bins, all of equal width.</summary>
    private const int BinCount = 10;

    /// <summary>Fits the temperature that gives the true classes of held-out clips the highest likelihood.</summary>
    /// <param name="predictions">Predictions at temperature 1 on clips that were not trained on; at least one.</param>
    /// <returns>A temperature from 0.1 to 10.</returns>
    public static double Temperature(IReadOnlyList<Prediction> predictions)
    {
        // The loss is convex in 1/T, so it has a single minimum, which a golden-section search over log T finds.
        double ratio = (Math.Sqrt(5) - 1) / 2, low = Math.Log(0.1), high = Math.Log(10);
        while (high - low > 1e-4)
        {
            double third = ratio * (high - low);
            double left = high - third, right = low + third;
            (low, high) = Loss(predictions, Math.Exp(left)) < Loss(predictions, Math.Exp(right)) ? (low, right) : (left, high);
        }

        return Math.Exp((low + high) / 2);
    }

    /// <summary>Probabilities at another temperature.</summary>
    /// <param name="probabilities">Probabilities at temperature 1.</param>
    /// <param name="temperature">The temperature.</param>
    /// <returns>Probabilities that sum to 1.</returns>
    public static double[] Scale(IReadOnlyList<double> probabilities, double temperature)
    {
        double[] powers = [.. probabilities.Select(p => Math.Pow(p, 1 / temperature))];
        double sum = powers.Sum();
        return [.. powers.Select(p => p / sum)];
    }

    /// <summary>The expected calibration error: mean absolute difference between confidence and share of right answers over the bins,
    /// weighted by their number of clips.</summary>
    /// <param name="predictions">Predictions; at least one.</param>
    /// <returns>0 to 1.</returns>
    public static double Error(IReadOnlyList<Prediction> predictions) =>
        Bins(predictions).Sum(bin => Math.Abs(bin.Confidence - bin.Accuracy) * bin.Clips / predictions.Count);

    /// <summary>Groups predictions by confidence into ten bins of equal width.</summary>
    /// <param name="predictions">Predictions.</param>
    /// <returns>The bins that hold clips, in order.</returns>
    public static IReadOnlyList<CalibrationBin> Bins(IReadOnlyList<Prediction> predictions) =>
    [
        .. predictions.GroupBy(p => Math.Min(BinCount - 1, (int)(p.Probabilities.Max() * BinCount)))
            .OrderBy(bin => bin.Key)
            .Select(bin => new CalibrationBin(
                bin.Average(p => p.Probabilities.Max()), bin.Average(p => p.Predicted == p.Truth ? 1.0 : 0.0), bin.Count())),
    ];

    private static double Loss(IReadOnlyList<Prediction> predictions, double temperature) =>
        predictions.Average(p => -Math.Log(Math.Max(double.Epsilon, Scale(p.Probabilities, temperature)[p.Truth])));
}

/// <summary>Predictions of similar confidence: one bin.</summary>
/// <param name="Confidence">Mean probability of the most probable class.</param>
/// <param name="Accuracy">Share of right answers.</param>
/// <param name="Clips">Number of clips.</param>
public sealed record CalibrationBin(double Confidence, double Accuracy, int Clips);
