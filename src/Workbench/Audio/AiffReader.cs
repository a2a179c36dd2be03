using System.Buffers.Binary;
using System.Text;

namespace SpeechEmotion.Audio;

/// <summary>Reads AIFF and uncompressed AIFF-C with any number of channels; chunks that are not needed are skipped. Source: Apple, Audio
/// Interchange File Format 1.3 (1989) and AIFF-C draft 8.26.91.</summary>
internal static class AiffReader
{
    /// <summary>Reads the whole file.</summary>
    /// <param name="stream">The file, which starts with FORM.</param>
    /// <param name="name">Name of the file in error messages.</param>
    /// <returns>The mean of the channels.</returns>
    /// <exception cref="InputException">The file is broken, holds no sound, or has another codec.</exception>
    public static Waveform Read(Stream stream, string name)
    {
        byte[]? common = null;
        Chunk? data = null;
        foreach (Chunk chunk in Chunk.Walk(stream, bigEndian: true))
        {
            switch (chunk.Id)
            {
                case "COMM":
                    common ??= chunk.Content(stream, 18, name);
                    break;
                case "SSND":
                    data ??= chunk;
                    break;
            }

            if (common is not null && data is not null)
            {
                break;
            }
        }

        if (common is null || data is not { } sound)
        {
            throw new InputException(
                $"{name}: an AIFF file without its {(common is null ? "'COMM'" : "'SSND'")} chunk; the copy was cut short");
        }

        SampleFormat format = Format(common, name);
        uint frames = BinaryPrimitives.ReadUInt32BigEndian(common.AsSpan(2));

        // The chunk starts with an offset and a block size; the offset says how many more bytes to skip before the sound.
        uint offset = BinaryPrimitives.ReadUInt32BigEndian(sound.Content(stream, 8, name));
        long held = Math.Max(0, (long)sound.Size - 8 - offset);
        long claimed = frames == 0 ? held : Math.Min(held, (long)frames * format.Bytes * format.Channels);
        int rate = SoundChecks.RequireRate(ExtendedFloat(common.AsSpan(8)), name);
        return format.Read(stream, sound.Start + 8 + offset, claimed, rate, name);
    }

    private static SampleFormat Format(ReadOnlySpan<byte> common, string name)
    {
        int channels = BinaryPrimitives.ReadInt16BigEndian(common);
        int bits = BinaryPrimitives.ReadInt16BigEndian(common[6..]);
        if (channels <= 0 || bits <= 0)
        {
            throw new InputException($"{name}: its header says {channels} channels of {bits} bits; the file is broken");
        }

        string codec = common.Length >= 22 ? Encoding.Latin1.GetString(common.Slice(18, 4)) : "NONE";
        int bytes = (bits + 7) / 8;
        SampleFormat? format = codec switch
        {
            "NONE" or "twos" or "in24" or "in32" => new(SampleCoding.Signed, bytes, channels, BigEndian: true),
            "sowt" => new(SampleCoding.Signed, bytes, channels, BigEndian: false),
            "raw " => new(SampleCoding.Unsigned, bytes, channels, BigEndian: true),
            "fl32" or "FL32" => new(SampleCoding.Float, 4, channels, BigEndian: true),
            "fl64" or "FL64" => new(SampleCoding.Float, 8, channels, BigEndian: true),
            _ => null,
        };
        return format is { Known: true } ? format : throw new InputException(
            $"{name}: AIFF codec '{Shown(codec)}' with {bits} bits is not read; convert it: ffmpeg -i IN -c:a pcm_s16le OUT.wav");
    }

    /// <summary>A codec for an error message; that of a damaged file may be no text.</summary>
    private static string Shown(string codec) => codec.All(letter => letter is >= ' ' and <= '~') ? codec
        : "0x" + Convert.ToHexStringLower(Encoding.Latin1.GetBytes(codec));

    /// <summary>Reads the 80-bit float of the 68881: sign and 15 bits of exponent, then 64 bits of mantissa with its leading one.</summary>
    private static double ExtendedFloat(ReadOnlySpan<byte> bytes)
    {
        int exponent = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        double magnitude = Math.ScaleB(BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]), (exponent & 0x7FFF) - 16383 - 63);
        return (exponent & 0x8000) != 0 ? -magnitude : magnitude;
    }
}
