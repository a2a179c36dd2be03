namespace SpeechEmotion.Audio;

/// <summary>Shifts a clip circularly in time: samples that leave at one end enter at the other (numpy's roll). Filling with zeros would cut
/// off words in clips that are trimmed close to the speech, as TESS's are; most other clips have a pause at both ends, where the seam can
/// fall.</summary>
public static class TimeShift
{
    /// <summary>Shifts the clip.</summary>
    /// <param name="samples">One channel.</param>
    /// <param name="by">Samples to shift: positive is later, negative earlier.</param>
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
