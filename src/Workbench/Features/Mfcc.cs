using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace SpeechEmotion.Features;

/// <summary>Mel-frequency cepstral coefficients of log-mel levels in dB: torchaudio's MFCC at its defaults (orthonormal DCT-II, no lifter).</summary>
public static class Mfcc
{
    /// <summary>The transform; levels (…, Mels) times it are coefficients (…, Mfccs).</summary>
    /// <param name="options">Numbers of bands and coefficients.</param>
    /// <returns>(Mels, Mfccs) float32 on the CPU, as torchaudio.functional.create_dct(norm="ortho").</returns>
    /// <exception cref="InputException">More coefficients than bands.</exception>
    public static Tensor Dct(FeatureOptions options)
    {
        Check(options);
        return tensor(Rows(options.Mels, options.Mfccs), [options.Mfccs, options.Mels]).t().contiguous();
    }

    /// <summary>Refuses more coefficients than bands.</summary>
    internal static void Check(FeatureOptions options)
    {
        if (options.Kind == "mfcc" && options.Mfccs > options.Mels)
        {
            throw new InputException($"features.mfccs: {options.Mfccs} coefficients need as many features.mels (there are {options.Mels}); take fewer");
        }
    }

    /// <summary>The same without tensors.</summary>
    /// <param name="logMel">Levels in dB.</param>
    /// <param name="count">Coefficients, at most as many as bands.</param>
    /// <returns>As many frames of <paramref name="count"/> coefficients.</returns>
    internal static Feature Of(Feature logMel, int count)
    {
        (int frames, int mels) = (logMel.Frames, logMel.Width);
        float[] rows = Rows(mels, count), values = new float[frames * count];
        for (int t = 0; t < frames; t++)
        {
            for (int k = 0; k < count; k++)
            {
                values[t * count + k] = TensorPrimitives.Dot<float>(logMel.Values.AsSpan(t * mels, mels), rows.AsSpan(k * mels, mels));
            }
        }

        return new Feature(values, frames, count);
    }

    /// <summary>A row a coefficient.</summary>
    private static float[] Rows(int mels, int count) =>
        [.. from k in Enumerable.Range(0, count) from m in Enumerable.Range(0, mels)
            select (float)(Math.Sqrt((k == 0 ? 1.0 : 2.0) / mels) * Math.Cos(Math.PI / mels * (m + 0.5) * k))];
}
