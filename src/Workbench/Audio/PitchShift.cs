namespace SpeechEmotion.Audio;

/// <summary>Shifts the pitch and keeps the duration: stretches the clip in time, then resamples it to its old length. The formants move
/// with the pitch, as in librosa's pitch_shift.</summary>
public static class PitchShift
{
    // Ratios are rounded to whole 200ths (within an octave an error of at most 9 cents), so that the resampler's kernels are few and
    // shared.
    private const int Steps = 200;

    /// <summary>Shifts the pitch.</summary>
    /// <param name="samples">One channel.</param>
    /// <param name="sampleRate">In Hz.</param>
    /// <param name="semitones">Shift in semitones, twelve to the octave, within ±24; negative shifts down.</param>
    /// <returns>As many samples.</returns>
    /// <exception cref="ArgumentOutOfRangeException">More than two octaves.</exception>
    public static float[] Apply(ReadOnlySpan<float> samples, int sampleRate, double semitones)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs(semitones), 24, nameof(semitones));
        int steps = (int)Math.Round(Steps * Math.Pow(2, semitones / 12));
        float[] shifted = Resampler.Resample(TimeStretch.Apply(samples, sampleRate, (double)steps / Steps), steps, Steps);

        // The two roundings can leave one sample too many or too few.
        Array.Resize(ref shifted, samples.Length);
        return shifted;
    }
}
