namespace SpeechEmotion.Features.Summary;

/// <summary>Mel-frequency cepstral coefficients: librosa 0.7 feature.mfcc(n_mfcc=40, dct_type=2, norm='ortho').</summary>
internal static class Cepstrum
{
    /// <summary>Number of coefficients.</summary>
    public const int Count = 40;

    /// <summary>Transforms levels to coefficients. The transform is linear, so the coefficients of the mean over time are the mean of the
    /// frames' coefficients.</summary>
    /// <param name="levels">One level per mel band, in dB.</param>
    /// <returns><see cref="Count"/> coefficients.</returns>
    public static double[] Of(ReadOnlySpan<double> levels)
    {
        double[] coefficients = new double[Count];
        for (int k = 0; k < Count; k++)
        {
            for (int m = 0; m < levels.Length; m++)
            {
                coefficients[k] += levels[m] * Math.Cos(Math.PI / levels.Length * (m + 0.5) * k);
            }

            coefficients[k] *= Math.Sqrt((k == 0 ? 1.0 : 2.0) / levels.Length);
        }

        return coefficients;
    }
}
