namespace SpeechEmotion.Features.Summary;

/// <summary>A magnitude spectrogram; bin b of a frame lies at b · rate / (2 · (Bins - 1)) Hz.</summary>
/// <param name="frames">Number of frames.</param>
/// <param name="bins">Half the FFT size plus one.</param>
internal sealed class Magnitudes(int frames, int bins) : Plane(frames, bins)
{
    /// <summary>The smallest normal number of single precision; smaller values count as nothing (librosa 0.7 util.tiny).</summary>
    public const float Tiny = 1.17549435e-38f;

    /// <summary>Half the FFT size plus one.</summary>
    public int Bins => Width;
}
