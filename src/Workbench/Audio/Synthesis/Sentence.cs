namespace SpeechEmotion.Audio.Synthesis;

/// <summary>A phone in a sentence.</summary>
/// <param name="Phone">The sound.</param>
/// <param name="Stressed">Whether it carries the accent.</param>
public sealed record SentencePhone(Phone Phone, bool Stressed);

/// <summary>What the synthetic speakers say: plain sentences, the same for every emotion, so that the words reveal nothing about the
/// label.</summary>
public static class Sentence
{
    /// <summary>The sentences, used in turn for takes 1, 2, 3, …</summary>
    public static IReadOnlyList<IReadOnlyList<SentencePhone>> All { get; } = new[]
    {
        "DH AX D AO1 G Z AX S IH1 T IH NG B AY1 DH AX D AO1 R", // The dogs are sitting by the door.
        "IH T S M AH1 N D EY1 M AO1 R N IH NG",                 // It's Monday morning.
        "SH IY W AO1 K T HH OW1 M W IH DH M IY1",               // She walked home with me.
        "AY TH IH1 NG K AY N OW1 HH IH M",                      // I think I know him.
        "DH AX W IH1 N D OW IH Z OW1 P AX N",                   // The window is open.
        "P UH1 T DH AX K AH1 P AA N DH AX T EY1 B AX L",        // Put the cup on the table.
        "W IY L S IY1 Y UW AX G EH1 N T UW1 N",                 // We'll see you again soon.
        "DH EY K EY1 M B AE1 K L EY1 T",                        // They came back late.
        "HH IY R EH1 D Z AX N UW1 Z P EY1 P ER",                // He reads a newspaper.
        "DH AX S EH1 V AX N TH B AH1 S IH Z HH IY1 R",          // The seventh bus is here.
    }.Select(Parse).ToArray();

    /// <summary>Reads a sentence in ARPABET. A 1 after a vowel marks stress; a diphthong becomes two vowels, of which only the first can be
    /// stressed.</summary>
    /// <param name="text">Phone names separated by spaces.</param>
    public static IReadOnlyList<SentencePhone> Parse(string text) =>
    [..
        from sound in text.Split(' ')
        from part in Split(sound.TrimEnd('1')).Index()
        select new SentencePhone(Phone.All[part.Item], part.Index == 0 && sound.EndsWith('1'))
    ];

    private static string[] Split(string name) => name switch
    {
        "AY" => ["AA", "IH"],
        "EY" => ["EH", "IY"],
        "OW" => ["AO", "UH"],
        _ => [name],
    };
}
