namespace SpeechEmotion.Audio.Synthesis;

/// <summary>How a speech sound is made.</summary>
public enum Manner
{
    /// <summary>Vowels, and glides and liquids, which are short vowels here.</summary>
    Vowel,

    /// <summary>Voiced through the nose.</summary>
    Nasal,

    /// <summary>Noise at a constriction.</summary>
    Fricative,

    /// <summary>A closure, a burst, and breath where voiceless.</summary>
    Plosive,

    /// <summary>Breath through the next sound's tract.</summary>
    Aspirate,
}

/// <summary>One speech sound, named as in ARPABET.</summary>
/// <param name="Name">ARPABET name without stress.</param>
/// <param name="Manner">How it is made.</param>
/// <param name="Seconds">Usual duration in an unstressed position (after Klatt 1976, JASA 59(5)).</param>
/// <param name="Male">F1 to F3 of men, in Hz; for a consonant, the loci towards which the formants of its neighbours bend.</param>
/// <param name="Female">F1 to F3 of women, in Hz.</param>
/// <param name="Voicing">Amplitude of the glottal source, 0 to 1.</param>
/// <param name="NoiseHz">Centre of the noise of a fricative or burst, in Hz, for men.</param>
/// <param name="NoiseWidth">Bandwidth of that noise, in Hz.</param>
/// <param name="Noise">Amplitude of that noise, 0 to 1.</param>
/// <param name="NasalZero">Frequency of the nasal zero, in Hz; at the nasal pole it has no effect.</param>
public sealed record Phone(
    string Name, Manner Manner, double Seconds, double[] Male, double[] Female, double Voicing,
    double NoiseHz = 3000, double NoiseWidth = 1000, double Noise = 0, double NasalZero = Phone.NasalPole)
{
    /// <summary>Frequency of the nasal pole, in Hz (Klatt 1980).</summary>
    public const double NasalPole = 270;

    /// <summary>All sounds by name. Vowels: means of men and women in G. E. Peterson and H. L. Barney (1952), "Control methods used in a
    /// study of the vowels", JASA 24(2), table II; consonants after table III of D. H. Klatt (1980), "Software for a cascade/parallel
    /// formant synthesizer", JASA 67(3), women's loci 15 % higher.</summary>
    public static IReadOnlyDictionary<string, Phone> All { get; } = new[]
    {
        Vowel("IY", 270, 2290, 3010, 310, 2790, 3310),
        Vowel("IH", 390, 1990, 2550, 430, 2480, 3070),
        Vowel("EH", 530, 1840, 2480, 610, 2330, 2990),
        Vowel("AE", 660, 1720, 2410, 860, 2050, 2850),
        Vowel("AA", 730, 1090, 2440, 850, 1220, 2810),
        Vowel("AO", 570, 840, 2410, 590, 920, 2710),
        Vowel("UH", 440, 1020, 2240, 470, 1160, 2680),
        Vowel("UW", 300, 870, 2240, 370, 950, 2670),
        Vowel("AH", 640, 1190, 2390, 760, 1400, 2780),
        Vowel("ER", 490, 1350, 1690, 500, 1640, 1960),
        Vowel("AX", 500, 1400, 2450, 570, 1640, 2850) with { Seconds = 0.055 },
        Consonant("W", Manner.Vowel, 0.065, 300, 650, 2200, 0.8),
        Consonant("L", Manner.Vowel, 0.065, 350, 1050, 2700, 0.75),
        Consonant("R", Manner.Vowel, 0.065, 400, 1150, 1500, 0.8),
        Consonant("Y", Manner.Vowel, 0.060, 270, 2250, 3000, 0.8),
        Consonant("M", Manner.Nasal, 0.070, 300, 1000, 2200, 0.6) with { NasalZero = 900 },
        Consonant("N", Manner.Nasal, 0.060, 300, 1500, 2500, 0.6) with { NasalZero = 1400 },
        Consonant("NG", Manner.Nasal, 0.075, 300, 2000, 2600, 0.6) with { NasalZero = 2400 },
        Consonant("S", Manner.Fricative, 0.100, 320, 1400, 2530, 0, 6000, 1800, 0.55),
        Consonant("Z", Manner.Fricative, 0.075, 280, 1400, 2500, 0.3, 6000, 1800, 0.3),
        Consonant("SH", Manner.Fricative, 0.100, 300, 1800, 2400, 0, 3300, 1100, 0.55),
        Consonant("F", Manner.Fricative, 0.090, 340, 1100, 2080, 0, 6500, 5000, 0.14),
        Consonant("V", Manner.Fricative, 0.060, 280, 1100, 2080, 0.4, 6500, 5000, 0.08),
        Consonant("TH", Manner.Fricative, 0.090, 320, 1290, 2540, 0, 6800, 3500, 0.12),
        Consonant("DH", Manner.Fricative, 0.045, 280, 1290, 2540, 0.45, 6800, 3500, 0.06),
        Consonant("HH", Manner.Aspirate, 0.060, 500, 1500, 2500, 0),
        Consonant("P", Manner.Plosive, 0.075, 300, 900, 2200, 0, 900, 900, 0.35),
        Consonant("T", Manner.Plosive, 0.065, 320, 1700, 2600, 0, 4300, 2200, 0.6),
        Consonant("K", Manner.Plosive, 0.070, 300, 1900, 2300, 0, 2000, 700, 0.5),
        Consonant("B", Manner.Plosive, 0.065, 220, 900, 2150, 0.15, 800, 900, 0.25),
        Consonant("D", Manner.Plosive, 0.050, 220, 1700, 2600, 0.15, 4000, 2200, 0.35),
        Consonant("G", Manner.Plosive, 0.060, 220, 1900, 2300, 0.15, 1900, 700, 0.35),
    }.ToDictionary(phone => phone.Name);

    private static Phone Vowel(string name, double m1, double m2, double m3, double f1, double f2, double f3) =>
        new(name, Manner.Vowel, 0.085, [m1, m2, m3], [f1, f2, f3], 1);

    private static Phone Consonant(
        string name, Manner manner, double seconds, double f1, double f2, double f3, double voicing,
        double noiseHz = 3000, double noiseWidth = 1000, double noise = 0) =>
        new(name, manner, seconds, [f1, f2, f3], [f1 * 1.15, f2 * 1.15, f3 * 1.15], voicing, noiseHz, noiseWidth, noise);
}
