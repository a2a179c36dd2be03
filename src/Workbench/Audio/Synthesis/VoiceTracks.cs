namespace SpeechEmotion.Audio.Synthesis;

/// <summary>Input of the synthesizer, one value every <see cref="Step"/> seconds. All arrays have the same length.</summary>
/// <param name="F0">Fundamental frequency, in Hz.</param>
/// <param name="Voicing">Amplitude of the glottal pulses, 0 to about 3.</param>
/// <param name="Aspiration">Amplitude of breath without voice, 0 to 1.</param>
/// <param name="Noise">Amplitude of a consonant's noise, 0 to 1.</param>
/// <param name="NoiseHz">Centre of that noise, in Hz.</param>
/// <param name="NoiseWidth">Bandwidth of that noise, in Hz.</param>
/// <param name="NasalZero">Frequency of the nasal zero, in Hz; <see cref="Phone.NasalPole"/> where the nose is closed.</param>
/// <param name="Formants">F1 to F3, an array each, in Hz.</param>
public sealed record VoiceTracks(
    double[] F0, double[] Voicing, double[] Aspiration, double[] Noise, double[] NoiseHz, double[] NoiseWidth, double[] NasalZero,
    double[][] Formants)
{
    /// <summary>Seconds from one value to the next.</summary>
    public const double Step = 0.002;
}
