using System.Text;

namespace SpeechEmotion.Audio;

/// <summary>Detects a file's format from its first bytes.</summary>
internal static class SoundKind
{
    /// <summary>RIFF, RF64 or BW64 with WAVE inside.</summary>
    public const string Wav = "WAV";

    /// <summary>AIFF or AIFF-C.</summary>
    public const string Aiff = "AIFF";

    /// <summary>FLAC, outside of Ogg.</summary>
    public const string Flac = "FLAC";

    /// <summary>MP4, M4A and QuickTime, which nothing here reads.</summary>
    public const string Mp4 = "MP4";

    /// <summary>Names the kind of a file.</summary>
    /// <param name="head">The file's first 16 bytes, fewer where it is shorter.</param>
    /// <returns>The format's name, or null where it is no known sound format.</returns>
    public static string? Of(ReadOnlySpan<byte> head)
    {
        string text = Encoding.Latin1.GetString(head).PadRight(16, '\0');
        string form = text.Substring(8, 4);
        return text[..4] switch
        {
            "RIFF" or "RF64" or "BW64" when form == "WAVE" => Wav,
            "FORM" when form is "AIFF" or "AIFC" => Aiff,
            "fLaC" => Flac,
            "OggS" => "OGG",
            "RIFX" when form == "WAVE" => "big-endian WAV",
            "riff" => "Wave64",
            ".snd" => "AU",
            "caff" => "CAF",
            "NIST" => "NIST SPHERE",
            ['I', 'D', '3', _] => "MP3",
            // MPEG audio's sync: eleven set bits, then a version and a layer that are not the reserved ones.
            ['\xFF', char second, ..] when (second & 0xE0) == 0xE0 && (second & 0x18) != 0x08 && (second & 0x06) != 0 => "MP3",
            _ => text.Substring(4, 4) == "ftyp" ? Mp4 : null,
        };
    }
}
