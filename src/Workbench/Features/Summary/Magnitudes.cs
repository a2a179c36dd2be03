namespace SpeechEmotion.Features.Summary;

/// <summary>A magnitude spectrogram.</summary>
/// <param name="Values">Frames × bins, frame by frame.</param>
/// <param name="Frames">Number of frames.</param>
/// <param name="Bins">Half the FFT size and one more; bin b lies at b · rate / (2 · (Bins - 1)) Hz.</param>
internal sealed record Magnitudes(float[] Values, int Frames, int Bins)
{
    /// <summary>One frame.</summary>
    public ReadOnlySpan<float> Frame(int t) => Values.AsSpan(t * Bins, Bins);
}
