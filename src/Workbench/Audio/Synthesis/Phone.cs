namespace SpeechEmotion.Audio.Synthesis;

/// <summary>A sound of the synthetic language.</summary>
/// <param name="Seconds">Length at normal speed.</param>
/// <param name="Voicing">Amplitude of the voice, 0 to 1.</param>
/// <param name="Noise">Amplitude of noise, 0 to 1.</param>
/// <param name="NoiseHz">Centre of the noise.</param>
/// <param name="Formants">First three formants of a man, in Hz.</param>
internal sealed record Phone(double Seconds, double Voicing, double Noise, double NoiseHz, double[] Formants)
{
    /// <summary>Vowels: mean formants of men by Peterson and Barney (1952, table II).</summary>
    public static Phone[] Vowels { get; } =
    [
        Vowel(270, 2290, 3010), Vowel(390, 1990, 2550), Vowel(530, 1840, 2480), Vowel(660, 1720, 2410),
        Vowel(730, 1090, 2440), Vowel(570, 840, 2410), Vowel(440, 1020, 2240), Vowel(300, 870, 2240),
    ];

    /// <summary>Consonants: s, sh, f (noise), t, k (closure, then burst), m, n (murmur), after Klatt (1980, table III).</summary>
    public static Phone[][] Consonants { get; } =
    [
        [new(0.09, 0, 0.5, 6000, [320, 1390, 2530])],
        [new(0.10, 0, 0.5, 2800, [300, 1840, 2750])],
        [new(0.08, 0, 0.2, 4500, [340, 1100, 2080])],
        [Closure(0.06), new(0.02, 0, 0.6, 4200, [400, 1600, 2600])],
        [Closure(0.06), new(0.03, 0, 0.6, 1900, [300, 1990, 2850])],
        [new(0.07, 0.35, 0, 0, [270, 1270, 2130])],
        [new(0.06, 0.35, 0, 0, [270, 1340, 2470])],
    ];

    private static Phone Vowel(double f1, double f2, double f3) => new(0.12, 1, 0, 0, [f1, f2, f3]);

    private static Phone Closure(double seconds) => new(seconds, 0, 0, 0, [300, 1500, 2500]);
}
