namespace SpeechEmotion.Training;

/// <summary>Linear warm-up, then a cosine to zero (Loshchilov and Hutter, SGDR, 2017). Stateless, so that a
/// resumed run needs no state.</summary>
public static class Schedule
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">Step, from 0.</param>
    /// <param name="steps">All steps of the run, at least 1.</param>
    /// <param name="peak">Highest learning rate.</param>
    /// <param name="warmUp">Share of all steps that warm up, 0 to 1.</param>
    /// <returns>A rate above 0 and at most <paramref name="peak"/>.</returns>
    public static double Rate(long step, long steps, double peak, double warmUp)
    {
        double rise = warmUp * steps;
        return step < rise
            ? peak * (step + 1) / (rise + 1)
            : peak * 0.5 * (1 + Math.Cos(Math.PI * (step - rise) / Math.Max(1, steps - rise)));
    }
}
