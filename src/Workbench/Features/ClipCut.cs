using System.Numerics.Tensors;

namespace SpeechEmotion.Features;

/// <summary>Cuts a clip to what a model sees of it, and scales it.</summary>
public static class ClipCut
{
    /// <summary>Cuts quiet frames off both ends, as librosa.effects.trim does, but with the frames that the features will have.</summary>
    /// <param name="clip">One channel.</param>
    /// <param name="options">Frames, and the threshold: dB below the loudest frame's mean power; 0 keeps all.</param>
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

        // Frames are centred on whole hops: from one centre to another there are exactly the frames between. The last
        // may be centred on the clip's end.
        int start = first * options.Hop < clip.Length ? first * options.Hop : Math.Max(0, clip.Length - (options.FftSize / 2));
        return clip[start..(last == power.Length - 1 ? clip.Length : last * options.Hop + 1)];
    }

    /// <summary>Scales a clip so that its loudest frame has a mean power of 1.</summary>
    /// <param name="clip">One channel.</param>
    /// <param name="options">Frames.</param>
    /// <returns>As many samples; a clip without power as it was.</returns>
    public static float[] Level(ReadOnlySpan<float> clip, FeatureOptions options)
    {
        float[] level = new float[clip.Length];
        double most = clip.IsEmpty ? 0 : Powers(clip, options).Max();
        TensorPrimitives.Multiply(clip, most > 0 ? (float)(1 / Math.Sqrt(most)) : 1, level);
        return level;
    }

    /// <summary>Cuts a clip that is too long to its middle.</summary>
    /// <param name="clip">One channel.</param>
    /// <param name="options">Rate and greatest length.</param>
    /// <returns>At most MaxSeconds.</returns>
    public static ReadOnlySpan<float> Middle(ReadOnlySpan<float> clip, FeatureOptions options)
    {
        int most = (int)(options.MaxSeconds * options.SampleRate);
        return clip.Length <= most ? clip : clip.Slice((clip.Length - most) / 2, most);
    }

    /// <summary>Mean power of each frame; those at the ends are as long as the clip leaves them.</summary>
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
