namespace SpeechEmotion.Audio.Synthesis;

/// <summary>A speaker.</summary>
/// <param name="PitchHz">Mean pitch of neutral speech.</param>
/// <param name="Tract">Factor on formants: about 1 for men, 1.17 for women (Peterson and Barney, 1952).</param>
/// <param name="Rate">Factor on the speed of speech.</param>
/// <param name="Brightness">Factor on the cut-off of the spectral tilt.</param>
/// <param name="Expression">How strongly emotions show: 0 not at all, 1 as in the table.</param>
/// <param name="GainDb">Level of this speaker's recordings.</param>
/// <param name="FloorDb">Noise floor of this speaker's recordings, below full scale.</param>
internal sealed record Voice(double PitchHz, double Tract, double Rate, double Brightness, double Expression, double GainDb, double FloorDb)
{
    /// <summary>Draws a speaker.</summary>
    public static Voice Draw(bool female, Random random) => new(
        (female ? 205 : 118) * Semitones(Spread(random, 3)),
        (female ? 1.17 : 1) * (1 + Spread(random, 0.05)),
        1 + Spread(random, 0.12),
        Math.Exp(Spread(random, 0.3)),
        0.75 + Spread(random, 0.3),
        Spread(random, 5),
        -62 + Spread(random, 8));

    /// <summary>The factor of an interval.</summary>
    public static double Semitones(double interval) => Math.Pow(2, interval / 12);

    /// <summary>A draw from −most to most, near 0 more often.</summary>
    public static double Spread(Random random, double most) => most * (random.NextDouble() + random.NextDouble() - 1);
}
