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
}
