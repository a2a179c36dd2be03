namespace SpeechEmotion.Features.Summary;

/// <summary>A complex spectrogram in single precision, as librosa keeps it: (real, imaginary) of each bin.</summary>
/// <param name="frames">Number of frames.</param>
/// <param name="bins">Half the FFT size and one more.</param>
internal sealed class Spectrum(int frames, int bins) : Plane(frames, 2 * bins)
{
    /// <summary>Half the FFT size and one more.</summary>
    public int Bins => Width / 2;

    /// <summary>Absolute values, rounded once.</summary>
    public Magnitudes Magnitudes()
    {
        Magnitudes magnitudes = new(Frames, Bins);
        ReadOnlySpan<float> from = Values;
        Span<float> to = magnitudes.Values;
        for (int i = 0; i < to.Length; i++)
        {
            double re = from[2 * i], im = from[2 * i + 1];
            to[i] = (float)Math.Sqrt(re * re + im * im);
        }

        return magnitudes;
    }
}
