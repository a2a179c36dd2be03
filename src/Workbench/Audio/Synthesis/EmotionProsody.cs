namespace SpeechEmotion.Audio.Synthesis;

/// <summary>How an emotion moves a voice away from neutral. Directions follow the reviews of Murray and Arnott (1993, table 1), Banse and Scherer (1996)
/// and Juslin and Laukka (2003, table 7), and the synthesis by rule of Burkhardt and Sendlmeier (2000); sizes are round numbers in their spirit.</summary>
/// <param name="PitchLevel">Mean pitch, in semitones.</param>
/// <param name="PitchRange">Factor on the excursions of pitch.</param>
/// <param name="FinalRise">Movement of pitch towards the end of the sentence, in semitones.</param>
/// <param name="Rate">Factor on the speed of speech.</param>
/// <param name="Loudness">Level, in dB.</param>
/// <param name="Breathiness">Aspiration noise, as a share of the voice's amplitude.</param>
/// <param name="Brightness">Factor on the cut-off of the source's spectral tilt: above 1 is pressed, below 1 is lax.</param>
/// <param name="Jitter">Random change from one glottal period to the next, as a share.</param>
public sealed record EmotionProsody(
    double PitchLevel, double PitchRange, double FinalRise, double Rate, double Loudness, double Breathiness, double Brightness, double Jitter)
{
    /// <summary>The emotions that the synthetic corpus speaks.</summary>
    public static IReadOnlyDictionary<string, EmotionProsody> All { get; } = new Dictionary<string, EmotionProsody>
    {
        // Loud, fast, high, wide, tense: strong high partials, abrupt falls.
        ["anger"] = new(3.5, 1.6, -2, 1.15, 6, 0.03, 1.9, 0.015),
        // High, wide and rising, a little fast and loud; near anger in arousal.
        ["happy"] = new(4.5, 1.7, 2, 1.10, 3, 0.08, 1.35, 0.010),
        ["neutral"] = new(0, 1.0, -1.5, 1.00, 0, 0.08, 1.0, 0.008),
        // Low, narrow, slow, soft, breathy, falling; near neutral in arousal.
        ["sad"] = new(-1.5, 0.6, -2.5, 0.82, -5, 0.25, 0.6, 0.012),
        // High, fast, irregular, breathy.
        ["fear"] = new(5.0, 0.9, 1, 1.22, 0, 0.20, 0.9, 0.035),
        // Low, slow, falling, creaky.
        ["disgust"] = new(-1.0, 1.1, -3, 0.85, -1, 0.05, 1.15, 0.030),
    };
}
