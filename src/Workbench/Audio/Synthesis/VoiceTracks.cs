namespace SpeechEmotion.Audio.Synthesis;

/// <summary>What the synthesizer is asked for, a value each <see cref="Step"/> seconds. All arrays have the same length.</summary>
/// <param name="F0">In Hz.</param>
/// <param name="Voicing">Amplitude of the glottal pulses, 0 to about 1.5.</param>
/// <param name="Aspiration">Amplitude of breath without voice, 0 to 1.</param>
/// <param name="Noise">Amplitude of noise at the place of a consonant, 0 to 1.</param>
/// <param name="NoiseHz">Its centre, in Hz.</param>
/// <param name="NoiseWidth">Its bandwidth, in Hz.</param>
/// <param name="NasalZero">In Hz; <see cref="Phone.NasalPole"/> where the nose is shut.</param>
/// <param name="Formants">F1 to F3, an array each, in Hz.</param>
public sealed record VoiceTracks(
    double[] F0, double[] Voicing, double[] Aspiration, double[] Noise, double[] NoiseHz, double[] NoiseWidth, double[] NasalZero,
    double[][] Formants)
{
    /// <summary>Seconds from one value to the next.</summary>
    public const double Step = 0.002;

    /// <summary>One vowel held steady.</summary>
    /// <param name="f0">In Hz.</param>
    /// <param name="formants">F1 to F3, in Hz.</param>
    /// <param name="seconds">How long.</param>
    public static VoiceTracks Steady(double f0, double[] formants, double seconds)
    {
        double[] Hold(double value) => Enumerable.Repeat(value, (int)Math.Round(seconds / Step)).ToArray();
        return new(Hold(f0), Hold(1), Hold(0), Hold(0), Hold(3000), Hold(1000), Hold(Phone.NasalPole), [.. formants.Select(Hold)]);
    }
}
