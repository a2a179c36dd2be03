using System.Security.Cryptography;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Corpora;

/// <summary>What a sound file is, from its bytes.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Changed">When it was last written, in ticks of UTC.</param>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hexadecimal; empty where they cannot be read.</param>
/// <param name="Seconds">Duration; 0 where it cannot be read.</param>
/// <param name="SampleRate">Rate in Hz.</param>
/// <param name="Peak">Largest absolute sample, full scale 1.</param>
/// <param name="Error">Why it cannot be read, or null.</param>
public sealed record SoundFacts(long Size, long Changed, string Sha256, double Seconds, int SampleRate, float Peak, string? Error)
{
    /// <summary>Below this peak a file holds no sound.</summary>
    private const float SilentPeak = 1e-4f;

    private const double LeastSeconds = 0.1;

    /// <summary>Why the file is of no use, or null where it is.</summary>
    public string? Fault =>
        Error is not null ? Error
        : Peak < SilentPeak ? "it is silent"
        : Seconds < LeastSeconds ? $"it lasts {Seconds:f3} s only"
        : null;

    /// <summary>Reads a file, or takes what is known of it where size and time are as they were.</summary>
    /// <param name="path">The file.</param>
    /// <param name="known">What an earlier scan found, or null.</param>
    /// <returns>The facts; of a file that cannot be read, why.</returns>
    public static SoundFacts Of(string path, SoundFacts? known)
    {
        FileInfo file = new(path);
        string sum = "";
        try
        {
            // A file that could not be read is tried again: a decoder may have been installed since.
            if (known is { Error: null } && known.Size == file.Length && known.Changed == file.LastWriteTimeUtc.Ticks)
            {
                return known;
            }

            using (FileStream stream = file.OpenRead())
            {
                sum = Convert.ToHexStringLower(SHA256.HashData(stream));
            }

            Waveform wave = AudioFile.Read(path);
            float peak = 0;
            foreach (float sample in wave.Samples)
            {
                peak = MathF.Max(peak, MathF.Abs(sample));
            }

            return new SoundFacts(file.Length, file.LastWriteTimeUtc.Ticks, sum, wave.Seconds, wave.SampleRate, peak, null);
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            string reason = e.Message.StartsWith(path + ": ", StringComparison.Ordinal) ? e.Message[(path.Length + 2)..] : e.Message;
            return new SoundFacts(0, 0, sum, 0, 0, 0, reason);
        }
    }
}
