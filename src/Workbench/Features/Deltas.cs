namespace SpeechEmotion.Features;

/// <summary>Differences over time by regression over five frames, edges repeated:
/// torchaudio.functional.compute_deltas at its defaults.</summary>
public static class Deltas
{
    private const int Reach = 2;
    private const float Norm = 10; // 2 · (1² + 2²)

    /// <summary>First differences of a clip.</summary>
    /// <param name="values">Frames × width values, frame-major.</param>
    /// <param name="width">Values per frame.</param>
    /// <returns>As many values.</returns>
    public static float[] Of(ReadOnlySpan<float> values, int width)
    {
        int frames = values.Length / width;
        float[] deltas = new float[values.Length];
        for (int t = 0; t < frames; t++)
        {
            for (int f = 0; f < width; f++)
            {
                float sum = 0;
                for (int n = 1; n <= Reach; n++)
                {
                    sum += n * (values[(Math.Min(t + n, frames - 1) * width) + f] - values[(Math.Max(t - n, 0) * width) + f]);
                }

                deltas[(t * width) + f] = sum / Norm;
            }
        }

        return deltas;
    }

    /// <summary>Appends first and second differences to each frame of a clip.</summary>
    /// <param name="feature">The clip.</param>
    /// <returns>A clip of three times the width: values, first differences, second differences.</returns>
    public static Feature Append(Feature feature)
    {
        float[] first = Of(feature.Values, feature.Width), second = Of(first, feature.Width);
        float[] all = new float[3 * feature.Values.Length];
        for (int t = 0; t < feature.Frames; t++)
        {
            int from = t * feature.Width, to = 3 * from;
            feature.Values.AsSpan(from, feature.Width).CopyTo(all.AsSpan(to));
            first.AsSpan(from, feature.Width).CopyTo(all.AsSpan(to + feature.Width));
            second.AsSpan(from, feature.Width).CopyTo(all.AsSpan(to + (2 * feature.Width)));
        }

        return new Feature(all, feature.Frames, 3 * feature.Width);
    }
}
