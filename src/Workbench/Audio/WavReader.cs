using System.Buffers.Binary;

namespace SpeechEmotion.Audio;

/// <summary>Reads WAV (RIFF and RF64) with integers of 8 to 32 bits or floats of 32 and 64 bits and any number of channels; chunks that are
/// not needed are skipped. Source: Microsoft's Multiple Channel Audio Data and WAVE Files; EBU Tech 3306 for RF64.</summary>
internal static class WavReader
{
    private const ushort Pcm = 1, Ieee = 3, Extensible = 0xFFFE;

    /// <summary>Reads the whole file.</summary>
    /// <param name="stream">The file, which starts with RIFF, RF64 or BW64.</param>
    /// <param name="name">Name of the file in error messages.</param>
    /// <returns>The mean of the channels.</returns>
    /// <exception cref="InputException">The file is broken, holds no sound, or has another codec.</exception>
    public static Waveform Read(Stream stream, string name)
    {
        byte[]? format = null;
        Chunk? data = null;
        long? longSize = null;
        foreach (Chunk chunk in Chunk.Walk(stream, bigEndian: false))
        {
            switch (chunk.Id)
            {
                case "fmt ":
                    format ??= chunk.Content(stream, 16, name);
                    break;
                case "data":
                    data ??= chunk;
                    break;
                case "ds64":
                    longSize = BinaryPrimitives.ReadInt64LittleEndian(chunk.Content(stream, 16, name).AsSpan(8));
                    break;
            }

            // Chunks after the sound are not needed, and a wrong size would lead into the middle of the sound.
            if (format is not null && data is not null)
            {
                break;
            }
        }

        if (format is null || data is not { } sound)
        {
            throw new InputException(
                $"{name}: a WAV file without its {(format is null ? "'fmt '" : "'data'")} chunk; the copy was cut short");
        }

        int rate = SoundChecks.RequireRate(BinaryPrimitives.ReadUInt32LittleEndian(format.AsSpan(4)), name);
        return Format(format, name).Read(stream, sound.Start, Claimed(stream, sound.Size, longSize), rate, name);
    }

    /// <summary>Bytes of sound that the file claims. Programs that write to a pipe cannot go back to fill the sizes in, and leave
    /// 0xFFFFFFFF, more than there is, or 0. A 0 is taken literally only where the file's own size (in the RIFF header) is right.</summary>
    private static long Claimed(Stream stream, uint size, long? longSize)
    {
        if (size == uint.MaxValue && longSize is > 0)
        {
            return longSize.Value;
        }

        Span<byte> whole = stackalloc byte[4];
        stream.Position = 4;
        stream.ReadExactly(whole);
        return size == 0 && BinaryPrimitives.ReadUInt32LittleEndian(whole) != stream.Length - 8 ? long.MaxValue : size;
    }

    private static SampleFormat Format(ReadOnlySpan<byte> format, string name)
    {
        ushort tag = BinaryPrimitives.ReadUInt16LittleEndian(format);
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        int align = BinaryPrimitives.ReadUInt16LittleEndian(format[12..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        if (tag == Extensible && format.Length >= 26)
        {
            // The sub-format's GUID starts with the plain format tag.
            tag = BinaryPrimitives.ReadUInt16LittleEndian(format[24..]);
        }

        if (channels == 0 || bits == 0)
        {
            throw new InputException($"{name}: its header says {channels} channels of {bits} bits; the file is broken");
        }

        if (tag is not (Pcm or Ieee))
        {
            throw new InputException($"{name}: WAV codec 0x{tag:X4} ({Codec(tag)}) is not read; "
                + "convert it to PCM: ffmpeg -i IN -c:a pcm_s16le OUT.wav");
        }

        // Samples of 12, 20 or 24 bits may be stored in wider containers, in the high bits.
        int least = (bits + 7) / 8;
        int bytes = tag == Pcm && align % channels == 0 && align / channels <= 4 ? Math.Max(least, align / channels) : least;
        SampleCoding coding = tag == Ieee ? SampleCoding.Float : bytes == 1 ? SampleCoding.Unsigned : SampleCoding.Signed;
        SampleFormat found = new(coding, bytes, channels, BigEndian: false);
        return found.Known
            ? found
            : throw new InputException(
                $"{name}: {(tag == Ieee ? "float" : "PCM")} samples of {bits} bits are not read; "
                + "convert it: ffmpeg -i IN -c:a pcm_s16le OUT.wav");
    }

    private static string Codec(ushort tag) => tag switch
    {
        0x02 or 0x11 => "ADPCM",
        0x06 => "A-law",
        0x07 => "µ-law",
        0x31 => "GSM",
        0x50 or 0x55 => "MPEG",
        0xFF => "AAC",
        _ => "unknown",
    };
}
