using SpeechEmotion.Features;

namespace SpeechEmotion.Training;

/// <summary>Shift and scale of each of a frame's values, fitted on training clips only.</summary>
/// <param name="Kind">`global`, `clip` or `none`.</param>
/// <param name="Mean">Mean of each value; zeros but for `global`.</param>
/// <param name="Deviation">Standard deviation of each value, never 0; ones but for `global`.</param>
public sealed record Normaliser(string Kind, IReadOnlyList<float> Mean, IReadOnlyList<float> Deviation)
{
    /// <summary>A value that never changes divides by this in place of 0.</summary>
    private const double LeastDeviation = 1e-3;

    /// <summary>Fits the normalisation on the training clips.</summary>
    /// <param name="kind">`global`, `clip` or `none`.</param>
    /// <param name="training">Features of the training clips, at least one.</param>
    /// <returns>The fitted normalisation.</returns>
    public static Normaliser Fit(string kind, IReadOnlyCollection<Feature> training)
    {
        int width = training.First().Width;
        return kind == "global"
            ? Fit(kind, width, training)
            : new Normaliser(kind, new float[width], Enumerable.Repeat(1f, width).ToArray());
    }

    /// <summary>Normalises one clip.</summary>
    /// <param name="feature">A clip's features; not changed.</param>
    /// <returns>Frames × width values, frame-major.</returns>
    public float[] Apply(Feature feature)
    {
        Normaliser by = Kind == "clip" ? Fit(Kind, feature.Width, [feature]) : this;
        float[] values = new float[feature.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int f = i % feature.Width;
            values[i] = (feature.Values[i] - by.Mean[f]) / by.Deviation[f];
        }

        return values;
    }

    private static Normaliser Fit(string kind, int width, IReadOnlyCollection<Feature> clips)
    {
        double[] sum = new double[width], squares = new double[width];
        long frames = 0;
        foreach (Feature clip in clips)
        {
            frames += clip.Frames;
            for (int i = 0; i < clip.Values.Length; i++)
            {
                double value = clip.Values[i];
                sum[i % width] += value;
                squares[i % width] += value * value;
            }
        }

        float[] mean = new float[width], deviation = new float[width];
        for (int f = 0; f < width; f++)
        {
            double m = sum[f] / frames;
            mean[f] = (float)m;
            deviation[f] = (float)Math.Max(LeastDeviation, Math.Sqrt(Math.Max(0, (squares[f] / frames) - (m * m))));
        }

        return new Normaliser(kind, mean, deviation);
    }
}
