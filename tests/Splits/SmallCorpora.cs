using SpeechEmotion.Corpora;

namespace SpeechEmotion.Tests;

/// <summary>Clips of speakers, without their sound.</summary>
internal static class SmallCorpora
{
    /// <summary>RAVDESS, SAVEE and TESS in miniature: all their speakers, with four clips each (forty in TESS).</summary>
    public static Utterance[] Merged() =>
    [
        .. from actor in Enumerable.Range(1, 24)
           from i in Enumerable.Range(0, 4)
           select Clip("ravdess", $"{actor:00}", (100 * actor) + i),
        .. from speaker in new[] { "DC", "JE", "JK", "KL" }
           from i in Enumerable.Range(0, 4)
           select Clip("savee", speaker, 5000 + (speaker[0] * 10) + speaker[1] + (100 * i)),
        .. from speaker in new[] { "OAF", "YAF" }
           from i in Enumerable.Range(0, 40)
           select Clip("tess", speaker, 9000 + (1000 * speaker[0]) + i),
    ];

    public static Utterance Clip(string corpus, string speaker, int number)
    {
        string sex = corpus == "tess" || (corpus != "savee" && speaker[^1] % 2 == 0) ? "female" : "male";
        return new($"{corpus}/{speaker}_{number}", corpus, "p.wav", $"{corpus}{number}", $"{corpus}/{speaker}", sex, "l", 1, 16000);
    }

    /// <summary>The speakers of these clips.</summary>
    public static string[] Speakers(IEnumerable<string> keys)
    {
        HashSet<string> wanted = [.. keys];
        return [.. Merged().Where(u => wanted.Contains(u.Key)).Select(u => u.Speaker).Distinct()];
    }
}
