using System.Numerics.Tensors;

namespace SpeechEmotion.Features;

/// <summary>Cuts a clip to the part that a model sees, and scales its level.</summary>
public static class ClipCut
{
    /// <summary>Cuts quiet frames off both ends, as librosa.effects.trim does, but with the frames that the features will have.</summary>
    /// <param name="clip">One channel.</param>
    /// <param name="options">Framing, and the threshold <see cref="FeatureOptions.TrimDb"/>: dB below the loudest frame's mean power; 0
    /// keeps all.</param>
    /// <returns>The part from the first to the last frame that is loud enough; the whole clip where it is silent.</returns>
    public static ReadOnlySpan<float> Trim(ReadOnlySpan<float> clip, FeatureOptions options)
    {
        if (options.TrimDb == 0 || clip.IsEmpty)
        {
            return clip;
        }

        double[] power = Powers(clip, options);
        double least = power.Max() * Math.Pow(10, -options.TrimDb / 10);
        int first = Array.FindIndex(power, p => p >= least), last = Array.FindLastIndex(power, p => p >= least);

        // Frame t is centred on sample t · hop, so a cut from one centre to another leaves exactly the frames between. The last frame may
        // be centred on the clip's end, past its last sample.
        int start = first * options.Hop < clip.Length ? first * options.Hop : Math.Max(0, clip.Length - (options.FftSize / 2));
        return clip[start..(last == power.Length - 1 ? clip.Length : last * options.Hop + 1)];
    }

    /// <summary>Scales a clip so that its loudest frame has a mean power of 1.</summary>
    /// <param name="clip">One channel.</param>
    /// <param name="options">Framing.</param>
    /// <returns>As many samples; a silent clip is returned unchanged.</returns>
    public static float[] Level(ReadOnlySpan<float> clip, FeatureOptions options)
    {
        float[] level = new float[clip.Length];
        double most = clip.IsEmpty ? 0 : Powers(clip, options).Max();
        TensorPrimitives.Multiply(clip, most > 0 ? (float)(1 / Math.Sqrt(most)) : 1, level);
        return level;
    }

    /// <summary>Cuts a clip longer than <see cref="FeatureOptions.MaxSeconds"/> to its middle.</summary>
    /// <param name="clip">One channel.</param>
    /// <param name="options">Sample rate and maximum length.</param>
    /// <returns>At most MaxSeconds.</returns>
    public static ReadOnlySpan<float> Middle(ReadOnlySpan<float> clip, FeatureOptions options)
    {
        int most = (int)(options.MaxSeconds * options.SampleRate);
        return clip.Length <= most ? clip : clip.Slice((clip.Length - most) / 2, most);
    }

    /// <summary>Mean power of each frame. Frames at the clip's ends are shorter: they hold only the samples that exist.</summary>
    private static double[] Powers(ReadOnlySpan<float> clip, FeatureOptions options)
    {
        int side = options.FftSize / 2;
        double[] power = new double[1 + clip.Length / options.Hop];
        for (int t = 0; t < power.Length; t++)
        {
            int centre = t * options.Hop;
            ReadOnlySpan<float> frame = clip[Math.Max(0, centre - side)..Math.Min(clip.Length, centre + side)];
            power[t] = (double)TensorPrimitives.SumOfSquares(frame) / frame.Length;
        }

        return power;
    }
}
