namespace SpeechEmotion.Features.Summary;

/// <summary>A complex spectrogram in single precision, as librosa keeps it.</summary>
/// <param name="Values">Frames × bins × (real, imaginary), frame by frame.</param>
/// <param name="Frames">Number of frames.</param>
/// <param name="Bins">Half the FFT size and one more.</param>
internal sealed record Spectrum(float[] Values, int Frames, int Bins)
{
    /// <summary>One frame: (real, imaginary) of each bin.</summary>
    public ReadOnlySpan<float> Frame(int t) => Values.AsSpan(2 * t * Bins, 2 * Bins);

    /// <summary>Absolute values, rounded once.</summary>
    public Magnitudes Magnitudes()
    {
        float[] magnitudes = new float[Frames * Bins];
        for (int i = 0; i < magnitudes.Length; i++)
        {
            double re = Values[2 * i], im = Values[2 * i + 1];
            magnitudes[i] = (float)Math.Sqrt(re * re + im * im);
        }

        return new Magnitudes(magnitudes, Frames, Bins);
    }
}
