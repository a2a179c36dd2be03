namespace SpeechEmotion.Features.Summary;

/// <summary>The tonal centroid of the harmonic part: librosa 0.7 feature.tonnetz, built on feature.chroma_cqt (the constant-Q transform
/// folded to twelve classes, each frame scaled to its largest). After C. Harte, M. Sandler and M. Gasser, Detecting harmonic change in
/// musical audio, 2006.</summary>
internal static class Tonnetz
{
    /// <summary>Number of values: sine and cosine on the circles of fifths, minor thirds and major thirds.</summary>
    public const int Count = 6;

    private const double Tiny = 2.2250738585072014e-308; // smallest normal number of double precision

    private static readonly (double Turn, double Radius)[] Circles = [(7.0 / 6, 1), (3.0 / 2, 1), (2.0 / 3, 0.5)];

    /// <summary>The mean centroid over time.</summary>
    /// <param name="frames">Pitch classes of each frame, not negative; a silent frame counts as the origin.</param>
    /// <returns><see cref="Count"/> values from -1 to 1.</returns>
    public static double[] Of(double[][] frames)
    {
        // The map is linear, so it is applied to the mean of the frames, each scaled to a sum of 1.
        double[] mean = new double[PitchClasses.Count], centroid = new double[Count];
        foreach (double[] classes in frames)
        {
            double sum = classes.Sum();
            for (int c = 0; c < classes.Length && sum >= Tiny; c++)
            {
                mean[c] += classes[c] / sum / frames.Length;
            }
        }

        for (int c = 0; c < mean.Length; c++)
        {
            for (int i = 0; i < Circles.Length; i++)
            {
                double angle = Math.PI * Circles[i].Turn * c;
                centroid[2 * i] += Circles[i].Radius * mean[c] * Math.Sin(angle);
                centroid[2 * i + 1] += Circles[i].Radius * mean[c] * Math.Cos(angle);
            }
        }

        return centroid;
    }
}
