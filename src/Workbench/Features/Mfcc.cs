using static TorchSharp.torch;

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
        (int mels, int count) = (options.Mels, options.Mfccs);
        if (count > mels)
        {
            throw new InputException($"features.mfccs: {count} coefficients need as many features.mels (there are {mels}); take fewer");
        }

        float[] dct = new float[mels * count];
        for (int m = 0; m < mels; m++)
        {
            for (int k = 0; k < count; k++)
            {
                dct[m * count + k] = (float)(Math.Sqrt((k == 0 ? 1.0 : 2.0) / mels) * Math.Cos(Math.PI / mels * (m + 0.5) * k));
            }
        }

        return tensor(dct, [mels, count]);
    }
}
