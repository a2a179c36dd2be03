namespace SpeechEmotion.Evaluation;

/// <summary>Holm's correction for several tests (Holm 1979, Scandinavian Journal of Statistics 6; R's <c>p.adjust(method =
/// "holm")</c>).</summary>
public static class Holm
{
    /// <summary>Adjusts p-values so that, when every hypothesis with a result below 0.05 is rejected, the probability of any false
    /// rejection is at most 0.05.</summary>
    /// <param name="pValues">P-values of one family, 0 to 1; a NaN stays NaN and does not count as a test.</param>
    /// <returns>Adjusted p-values in the same order, at most 1.</returns>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> pValues)
    {
        double[] adjusted = [.. pValues];
        int[] order = [.. Enumerable.Range(0, adjusted.Length).Where(i => !double.IsNaN(adjusted[i])).OrderBy(i => pValues[i])];
        double largest = 0;
        for (int rank = 0; rank < order.Length; rank++)
        {
            largest = Math.Max(largest, (order.Length - rank) * pValues[order[rank]]);
            adjusted[order[rank]] = Math.Min(1, largest);
        }

        return adjusted;
    }
}
