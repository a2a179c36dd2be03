namespace SpeechEmotion.Features.Summary;

/// <summary>Levels of power: librosa 0.7 core.power_to_db(ref=1, amin=1e-10, top_db=80).</summary>
internal static class Decibels
{
    private const double Least = 1e-10;
    private const double Range = 80;

    /// <summary>Turns power into decibels in place; what lies more than 80 dB below the loudest of all is raised to there.</summary>
    /// <param name="power">Power of all bands and frames of a clip.</param>
    public static void Of(Span<double> power)
    {
        double top = double.NegativeInfinity;
        foreach (ref double value in power)
        {
            value = 10 * Math.Log10(Math.Max(Least, value));
            top = Math.Max(top, value);
        }

        foreach (ref double value in power)
        {
            value = Math.Max(value, top - Range);
        }
    }
}
