namespace SpeechEmotion.Audio.Synthesis;

/// <summary>One made-up person, with the room and microphone of their recordings.</summary>
/// <param name="Name">`F01`, `M01`, …: F speaks with a woman's formants, M with a man's.</param>
/// <param name="F0">Level of the neutral voice's f0, in Hz.</param>
/// <param name="Tract">Factor on all formants, relative to the average of the speaker's sex.</param>
/// <param name="PitchRange">Factor on f0 excursions.</param>
/// <param name="Rate">Factor on the speaking rate.</param>
/// <param name="Quality">The neutral voice.</param>
/// <param name="Expressiveness">Strength of the emotion table in their speech, about 1.</param>
/// <param name="LevelDb">Level of neutral speech in the recording, in dB relative to full scale (RMS).</param>
/// <param name="NoiseDb">Level of the room's noise, in dB relative to full scale (RMS).</param>
/// <param name="Style">Their own deviation in each emotion.</param>
public sealed record SyntheticSpeaker(
    string Name, double F0, double Tract, double PitchRange, double Rate, VoiceQuality Quality, double Expressiveness, double LevelDb,
    double NoiseDb, IReadOnlyDictionary<string, EmotionProsody> Style)
{
    /// <summary>Whether the name is a woman's.</summary>
    public bool Female => Name[0] == 'F';

    /// <summary>Draws a speaker; women are breathier than men, with a larger open quotient and more tilt (Klatt and Klatt 1990).</summary>
    /// <param name="name">`F` or `M` and a number.</param>
    /// <param name="seed">Seed of the corpus.</param>
    public static SyntheticSpeaker Draw(string name, int seed)
    {
        SeededRandom random = new($"{seed}/{name}");
        bool female = name[0] == 'F';
        return new(
            name,
            (female ? 205 : 118) * Math.Exp(0.10 * random.Normal()),
            Math.Exp(0.035 * random.Normal()),
            Math.Exp(0.15 * random.Normal()),
            Math.Exp(0.07 * random.Normal()),
            new VoiceQuality(
                (female ? 0.60 : 0.54) + 0.03 * random.Normal(),
                (female ? 12 : 9) + 1.5 * random.Normal(),
                (female ? -30 : -33) + 2 * random.Normal(),
                0.6 + 0.3 * random.Uniform(),
                0.3 + 0.2 * random.Uniform()),
            random.Uniform(0.85, 1.25),
            -27 + 2.5 * random.Normal(),
            random.Uniform(-68, -52),
            EmotionProsody.Table.Keys.ToDictionary(
                emotion => emotion, _ => EmotionProsody.Neutral.Vary(EmotionProsody.SpeakerSpread, random)));
    }
}
