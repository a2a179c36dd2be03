using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace SpeechEmotion.Audio;

/// <summary>How one sample is encoded.</summary>
internal enum SampleCoding
{
    /// <summary>Unsigned integers; half of the range is silence.</summary>
    Unsigned,

    /// <summary>Integers in two's complement.</summary>
    Signed,

    /// <summary>IEEE 754 floating point.</summary>
    Float,
}

/// <summary>How a file stores its frames; a frame is one sample of each channel.</summary>
/// <param name="Coding">How one sample is encoded.</param>
/// <param name="Bytes">Bytes per sample, including padding in the low bits.</param>
/// <param name="Channels">Samples per frame.</param>
/// <param name="BigEndian">High byte first.</param>
internal sealed record SampleFormat(SampleCoding Coding, int Bytes, int Channels, bool BigEndian)
{
    /// <summary>Whether a claimed size is only a placeholder: programs that write to a pipe cannot go back to fill the size in, and leave
    /// one just below 2 GiB (SoX, arecord) or the largest possible.</summary>
    private static bool IsUnknown(long claimed) => claimed is >= 0x7FFF_0000 and <= 0x8000_0000 or >= uint.MaxValue;

    /// <summary>Whether <see cref="Read"/> can decode this format.</summary>
    public bool Known =>
        (Coding, Bytes) is (SampleCoding.Unsigned, 1) or (SampleCoding.Signed, 1 or 2 or 3 or 4) or (SampleCoding.Float, 4 or 8);

    /// <summary>Reads frames and takes the mean of their channels.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="start">Position of the first frame in the file, in bytes.</param>
    /// <param name="claimed">Bytes of frames that the header claims; only whole frames that the file really holds are read.</param>
    /// <param name="rate">Sample rate in Hz.</param>
    /// <param name="name">Name of the file in error messages.</param>
    /// <returns>One sample per frame, at least one, full scale at ±1.</returns>
    /// <exception cref="InputException">The file holds no whole frame or too many, or a sample is not finite.</exception>
    public Waveform Read(Stream stream, long start, long claimed, int rate, string name) => new(Samples(stream, start, claimed, name), rate)
    {
        Channels = Channels,
        MissingBytes = IsUnknown(claimed) ? 0 : Math.Max(0, claimed - Math.Max(0, stream.Length - start)),
    };

    private float[] Samples(Stream stream, long start, long claimed, string name)
    {
        int frameSize = Bytes * Channels;
        long frames = Math.Min(claimed, stream.Length - start) / frameSize;
        if (frames < 1)
        {
            throw new InputException(
                $"{name}: holds no sound (not one whole frame of {frameSize} bytes); the recording or the copy failed");
        }

        if (frames > Array.MaxLength)
        {
            throw new InputException($"{name}: {frames} samples are too many to read at once; cut the file");
        }

        float[] mono = new float[frames];
        byte[] buffer = new byte[frameSize * (int)Math.Min(frames, Math.Max(1, 65536 / frameSize))];
        float[] block = new float[buffer.Length / Bytes];
        stream.Position = start;
        for (int done = 0; done < mono.Length;)
        {
            int count = Math.Min(mono.Length - done, buffer.Length / frameSize);
            Span<byte> bytes = buffer.AsSpan(0, count * frameSize);
            stream.ReadExactly(bytes);
            Span<float> samples = block.AsSpan(0, count * Channels);
            Decode(bytes, samples);
            Mixdown.Mean(samples, Channels, mono.AsSpan(done, count));
            done += count;
        }

        SoundChecks.RequireFinite(mono, name);
        return mono;
    }

    private void Decode(Span<byte> bytes, Span<float> samples)
    {
        if (BigEndian && Bytes > 1)
        {
            for (int i = 0; i < bytes.Length; i += Bytes)
            {
                bytes.Slice(i, Bytes).Reverse();
            }
        }

        if ((Coding, Bytes) == (SampleCoding.Signed, 2))
        {
            // Nearly every file is in this format; vectorised, decoding takes a tenth of the time.
            TensorPrimitives.ConvertTruncating<short, float>(MemoryMarshal.Cast<byte, short>(bytes), samples);
            TensorPrimitives.Divide(samples, 32768f, samples);
            return;
        }

        for (int i = 0; i < samples.Length; i++)
        {
            ReadOnlySpan<byte> at = bytes.Slice(i * Bytes, Bytes);
            samples[i] = (Coding, Bytes) switch
            {
                (SampleCoding.Unsigned, _) => (at[0] - 128) / 128f,
                (SampleCoding.Signed, 1) => (sbyte)at[0] / 128f,
                (SampleCoding.Signed, 3) => (at[0] | at[1] << 8 | (sbyte)at[2] << 16) / 8388608f,
                (SampleCoding.Signed, _) => BinaryPrimitives.ReadInt32LittleEndian(at) / 2147483648f,
                (_, 4) => BinaryPrimitives.ReadSingleLittleEndian(at),
                _ => (float)BinaryPrimitives.ReadDoubleLittleEndian(at),
            };
        }
    }
}
