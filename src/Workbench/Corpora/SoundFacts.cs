using System.Security.Cryptography;
using System.Text.Json;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Corpora;

/// <summary>What a sound file is, from its bytes.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Changed">When it was last written, in ticks of UTC.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
/// <param name="Seconds">Duration; 0 where it cannot be read.</param>
/// <param name="SampleRate">Rate in Hz.</param>
/// <param name="Peak">Largest absolute sample, full scale 1.</param>
/// <param name="Error">Why it cannot be read, or null.</param>
public sealed record SoundFacts(long Size, long Changed, string Sha256, double Seconds, int SampleRate, float Peak, string? Error)
{
    /// <summary>Reads a file, or takes what is known of it where size and time are as they were.</summary>
    /// <param name="path">The file.</param>
    /// <param name="known">What an earlier scan found, or null.</param>
    public static SoundFacts Of(string path, SoundFacts? known)
    {
        FileInfo file = new(path);
        if (known is not null && known.Size == file.Length && known.Changed == file.LastWriteTimeUtc.Ticks)
        {
            return known;
        }

        string sum;
        using (FileStream stream = file.OpenRead())
        {
            sum = Convert.ToHexStringLower(SHA256.HashData(stream));
        }

        try
        {
            Waveform wave = AudioFile.Read(path);
            return new SoundFacts(file.Length, file.LastWriteTimeUtc.Ticks, sum, wave.Seconds, wave.SampleRate, wave.Samples.Max(MathF.Abs), null);
        }
        catch (InputException e)
        {
            return new SoundFacts(file.Length, file.LastWriteTimeUtc.Ticks, sum, 0, 0, 0, e.Message);
        }
    }

    /// <summary>Reads the facts that an earlier scan kept; none where the file is missing or damaged, for they can be had again.</summary>
    /// <param name="path">The file.</param>
    public static Dictionary<string, SoundFacts> ReadAll(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, SoundFacts>>(File.ReadAllText(path)) ?? [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>Keeps facts for the next scan.</summary>
    /// <param name="path">The file.</param>
    /// <param name="facts">Facts by relative path.</param>
    public static void WriteAll(string path, IReadOnlyDictionary<string, SoundFacts> facts) => AtomicFile.WriteText(path, JsonSerializer.Serialize(facts));
}
