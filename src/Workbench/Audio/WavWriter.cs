using System.Buffers.Binary;

namespace SpeechEmotion.Audio;

/// <summary>Writes WAV, 16-bit PCM, one channel.</summary>
public static class WavWriter
{
    /// <summary>Writes the file whole or not at all. Samples that <see cref="AudioFile"/> read from a 16-bit file are written back bit for
    /// bit.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="samples">Samples, full scale at ±1; values beyond are clipped, others are rounded to the nearest step.</param>
    /// <param name="sampleRate">In Hz.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not positive, or the sound is longer than 2 GiB of samples.</exception>
    /// <exception cref="IOException">The file cannot be written; an existing one is kept.</exception>
    public static void Write(string path, ReadOnlySpan<float> samples, int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples.Length, int.MaxValue / 2 - 44, nameof(samples));
        int size = samples.Length * 2;
        byte[] file = new byte[44 + size];
        Span<byte> header = file;
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], 36 + size);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], sampleRate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], size);
        for (int i = 0; i < samples.Length; i++)
        {
            float scaled = Math.Clamp(MathF.Round(samples[i] * 32768f), short.MinValue, short.MaxValue);
            BinaryPrimitives.WriteInt16LittleEndian(header[(44 + 2 * i)..], (short)scaled);
        }

        AtomicFile.Write(path, stream => stream.Write(file));
    }
}
