using SpeechEmotion.Audio;
using static TorchSharp.torch;

namespace SpeechEmotion.Features;

/// <summary>Mel-frequency cepstral coefficients of log-mel levels in dB: torchaudio's MFCC at its defaults
/// (orthonormal DCT-II, no lifter).</summary>
public static class Mfcc
{
    /// <summary>The DCT matrix: levels (…, Mels) times it give coefficients (…, Mfccs).</summary>
    /// <param name="options">Numbers of bands and coefficients.</param>
    /// <returns>(Mels, Mfccs) float32 on the CPU, as torchaudio.functional.create_dct(norm="ortho").</returns>
    public static Tensor Dct(FeatureOptions options) => tensor(Rows(options), [options.Mfccs, options.Mels]).t().contiguous();

    /// <summary>Computes the coefficients without tensors.</summary>
    /// <param name="logMel">Levels in dB.</param>
    /// <param name="rows">The DCT matrix, from <see cref="Rows"/> of the same options.</param>
    /// <returns>As many frames of coefficients.</returns>
    internal static Feature Of(Feature logMel, float[] rows)
    {
        (int frames, int mels, int count) = (logMel.Frames, logMel.Width, rows.Length / logMel.Width);
        float[] values = new float[frames * count];
        for (int t = 0; t < frames; t++)
        {
            for (int k = 0; k < count; k++)
            {
                values[t * count + k] = DotProduct.Of(logMel.Values.AsSpan(t * mels, mels), rows.AsSpan(k * mels, mels));
            }
        }

        return new Feature(values, frames, count);
    }

    /// <summary>The DCT matrix, one row per coefficient: Mfccs × Mels values.</summary>
    /// <param name="options">Numbers of bands and coefficients.</param>
    internal static float[] Rows(FeatureOptions options)
    {
        (int mels, int count) = (options.Mels, options.Mfccs);
        return [.. from k in Enumerable.Range(0, count) from m in Enumerable.Range(0, mels)
            select (float)(Math.Sqrt((k == 0 ? 1.0 : 2.0) / mels) * Math.Cos(Math.PI / mels * (m + 0.5) * k))];
    }
}
