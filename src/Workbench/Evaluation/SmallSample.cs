namespace SpeechEmotion.Evaluation;

/// <summary>Corrects percentile intervals for few speakers by moving the percentiles outward. The plain percentile bootstrap divides by n
/// where the spread of a mean needs n − 1, and uses quantiles of the normal distribution where Student's are needed. Source: Hesterberg,
/// What Teachers Should Know About the Bootstrap, The American Statistician 69 (2015), section 3.2.2, the expanded percentile
/// interval.</summary>
internal static class SmallSample
{
    /// <summary>Share of the draws to leave out at each end of the interval.</summary>
    /// <param name="level">Nominal coverage, between 0 and 1.</param>
    /// <param name="units">Number of units that are drawn (speakers), at least 2.</param>
    /// <returns>A share below (1 − level) / 2.</returns>
    public static double Tail(double level, int units) => NormalTail(StudentQuantile(level, units - 1) * Math.Sqrt(units / (units - 1.0)));

    /// <summary>The t for which P(|T| ≤ t) is the given probability, T having Student's distribution.</summary>
    /// <param name="probability">Between 0 and 1.</param>
    /// <param name="freedom">Degrees of freedom, at least 1.</param>
    internal static double StudentQuantile(double probability, int freedom)
    {
        // Bisection on the angle atan(t / √ν): its range is bounded, so any quantile is found.
        (double low, double high) = (0, Math.PI / 2);
        for (int i = 0; i < 100; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Student(middle, freedom) < probability ? (middle, high) : (low, middle);
        }

        return Math.Tan(low) * Math.Sqrt(freedom);
    }

    /// <summary>P(|T| ≤ √ν tan θ) for Student's T: a finite sum, since the degrees of freedom ν are a whole number (Abramowitz and Stegun
    /// 1964, 26.7.3 and 26.7.4).</summary>
    private static double Student(double theta, int freedom)
    {
        double square = Math.Cos(theta) * Math.Cos(theta), sum = 0, term = freedom % 2 == 1 ? Math.Cos(theta) : 1;
        for (int k = freedom % 2 == 1 ? 1 : 0; k <= freedom - 2; k += 2)
        {
            sum += term;
            term *= square * (k + 1) / (k + 2);
        }

        return freedom % 2 == 1 ? 2 / Math.PI * (theta + Math.Sin(theta) * sum) : Math.Sin(theta) * sum;
    }

    /// <summary>Probability that a standard normal value exceeds x ≥ 0, within 7.5e-8 (Abramowitz and Stegun, 26.2.17).</summary>
    internal static double NormalTail(double x)
    {
        double t = 1 / (1 + 0.2316419 * x);
        double series = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) * series;
    }
}
