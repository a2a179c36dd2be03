namespace SpeechEmotion.Audio;

/// <summary>Moves a clip in time. What leaves at one end comes in at the other (numpy's roll): filling with zeros would cut words off
/// clips that are trimmed close to the speech, as TESS's are, while most others have a pause at both ends for
/// the seam to fall in.</summary>
public static class TimeShift
{
    /// <summary>Moves the clip.</summary>
    /// <param name="samples">One channel.</param>
    /// <param name="by">Samples to move later; below zero earlier.</param>
    /// <returns>The same samples in another order.</returns>
    public static float[] Apply(ReadOnlySpan<float> samples, long by)
    {
        float[] moved = new float[samples.Length];
        if (samples.Length > 0)
        {
            int first = (int)((by % samples.Length + samples.Length) % samples.Length);
            samples[..^first].CopyTo(moved.AsSpan(first));
            samples[^first..].CopyTo(moved);
        }

        return moved;
    }
}
