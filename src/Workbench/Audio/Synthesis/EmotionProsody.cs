namespace SpeechEmotion.Audio.Synthesis;

/// <summary>How a voice differs from the speaker's own neutral voice. A row of zeros is neutral; rows may be scaled and added.</summary>
/// <param name="Pitch">Level of f0, in semitones.</param>
/// <param name="Range">Width of the f0 excursions, in doublings (1 is twice as wide).</param>
/// <param name="Slope">Tilt of the phrase's f0 line, in semitones from start to end, on top of the neutral fall.</param>
/// <param name="Final">Change of f0 over the last fifth of the phrase, in semitones.</param>
/// <param name="Rate">Speaking rate, as a natural logarithm (0.1 is about 10 % faster).</param>
/// <param name="Loudness">Level of the speech, in dB.</param>
/// <param name="Breath">Level of the aspiration noise, in dB.</param>
/// <param name="Tilt">Loss of the glottal source at 3 kHz, in dB; positive is duller.</param>
/// <param name="OpenQuotient">Share of the glottal cycle that is open; negative is more pressed.</param>
/// <param name="Jitter">Random change from one period to the next, in percent.</param>
/// <param name="Tremor">Depth of a 6 Hz modulation of f0, in semitones.</param>
/// <param name="Formants">Shift of all formants, as a natural logarithm; positive for spread lips.</param>
/// <param name="Articulation">How far vowels reach their targets; negative is slurred, toward the neutral vowel.</param>
/// <param name="Accent">Extra level of stressed vowels, in dB.</param>
/// <remarks>
/// <para>Directions, and the order of sizes, of <see cref="Table"/> follow</para>
/// <para>I. R. Murray and J. L. Arnott (1993), "Toward the simulation of emotion in synthetic speech", JASA 93(2), table I:
/// rate, pitch average, range, changes, intensity, voice quality and articulation of anger, happiness, sadness, fear and disgust;</para>
/// <para>R. Banse and K. R. Scherer (1996), "Acoustic profiles in vocal emotion expression", J. Pers. Soc. Psychol. 70(3):
/// f0, energy and the share of energy above 1 kHz (here <c>Tilt</c>) rise for hot anger and fall for sadness;</para>
/// <para>P. N. Juslin and P. Laukka (2003), "Communication of emotions in vocal expression and music performance", Psychol. Bull.
/// 129(5), table 7: f0 contours that rise for happiness and fall for sadness, microstructural irregularity in fear and sadness;</para>
/// <para>F. Burkhardt and W. F. Sendlmeier (2000), "Verification of acoustical correlates of emotional speech using formant synthesis",
/// ISCA Workshop on Speech and Emotion: raised formants (spread lips) for joy, tense phonation for anger, breathy voice and imprecise
/// vowels for sadness, high and fast speech for fear;</para>
/// <para>D. H. Klatt and L. C. Klatt (1990), "Analysis, synthesis, and perception of voice quality variations among female and male
/// talkers", JASA 87(2): open quotient, tilt and aspiration as the parts of breathiness.</para>
/// <para>The numbers are chosen within those directions so that emotions overlap as they do in acted speech. They are not
/// measurements of anybody, and a result on this corpus says nothing about people.</para>
/// </remarks>
public sealed record EmotionProsody(
    double Pitch, double Range, double Slope, double Final, double Rate, double Loudness, double Breath, double Tilt,
    double OpenQuotient, double Jitter, double Tremor, double Formants, double Articulation, double Accent)
{
    /// <summary>The emotions in the corpus's order, at full strength.</summary>
    public static IReadOnlyDictionary<string, EmotionProsody> Table { get; } = new Dictionary<string, EmotionProsody>
    {
        //             Pitch Range Slope Final  Rate  Loud Breath Tilt   OQ  Jitter Tremor Form  Artic Accent
        ["anger"] = new(4.5, 0.60, -0.5, -2.5, 0.12, 7.0, -3.5, -6.5, -0.11, 0.7, 0.00, 0.01, 0.15, 4.0),
        ["happy"] = new(5.0, 0.80, 1.5, 3.0, 0.10, 4.5, 1.5, -2.0, -0.01, 0.1, 0.00, 0.05, 0.05, 2.0),
        ["neutral"] = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        ["sad"] = new(-1.5, -0.60, -0.5, -0.5, -0.20, -5.5, 5.5, 5.0, 0.11, 0.4, 0.15, -0.02, -0.20, -1.5),
        ["fear"] = new(6.0, -0.10, 1.0, 1.0, 0.20, 1.0, 4.0, 0.5, 0.02, 1.0, 0.50, 0.02, 0.10, 0.0),
        ["disgust"] = new(-2.0, 0.30, -1.0, -3.0, -0.22, -1.5, 1.0, -1.0, -0.06, 0.9, 0.00, -0.03, 0.00, 2.0),
    };

    /// <summary>The row of zeros.</summary>
    public static EmotionProsody Neutral => Table["neutral"];

    /// <summary>Standard deviations of a speaker's own way of expressing each emotion (and of being neutral).</summary>
    public static EmotionProsody SpeakerSpread { get; } =
        new(0.8, 0.20, 0.8, 0.9, 0.04, 1.2, 1.2, 1.1, 0.02, 0.2, 0.06, 0.010, 0.05, 0.7);

    /// <summary>Standard deviations between clips of one speaker and emotion.</summary>
    public static EmotionProsody ClipSpread { get; } =
        new(0.9, 0.25, 1.0, 1.2, 0.06, 1.4, 1.4, 1.3, 0.025, 0.2, 0.06, 0.012, 0.06, 0.8);

    /// <summary>This row at <paramref name="strength"/> (0 is neutral, 1 the table's).</summary>
    /// <param name="strength">Factor on every value.</param>
    public EmotionProsody Scale(double strength) => Combine(this, (own, _) => own * strength);

    /// <summary>The sum of two rows.</summary>
    /// <param name="other">The other row.</param>
    public EmotionProsody Add(EmotionProsody other) => Combine(other, (own, more) => own + more);

    /// <summary>This row with normal deviates added, one for each value.</summary>
    /// <param name="spread">Standard deviations.</param>
    /// <param name="random">Source of the deviates; 14 are drawn.</param>
    public EmotionProsody Vary(EmotionProsody spread, SeededRandom random) =>
        Combine(spread, (own, deviation) => own + deviation * random.Normal());

    private EmotionProsody Combine(EmotionProsody other, Func<double, double, double> value) => new(
        value(Pitch, other.Pitch), value(Range, other.Range), value(Slope, other.Slope), value(Final, other.Final),
        value(Rate, other.Rate), value(Loudness, other.Loudness), value(Breath, other.Breath), value(Tilt, other.Tilt),
        value(OpenQuotient, other.OpenQuotient), value(Jitter, other.Jitter), value(Tremor, other.Tremor),
        value(Formants, other.Formants), value(Articulation, other.Articulation), value(Accent, other.Accent));
}
