using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace SpeechEmotion.Audio;

/// <summary>How one sample is written.</summary>
internal enum SampleCoding
{
    /// <summary>Whole numbers about half of the range.</summary>
    Unsigned,

    /// <summary>Whole numbers in two's complement.</summary>
    Signed,

    /// <summary>IEEE 754.</summary>
    Float,
}

/// <summary>How a file writes its frames; a frame is one sample of each channel.</summary>
/// <param name="Coding">How one sample is written.</param>
/// <param name="Bytes">Bytes a sample, with the padding at its low end.</param>
/// <param name="Channels">Samples a frame.</param>
/// <param name="BigEndian">High byte first.</param>
internal sealed record SampleFormat(SampleCoding Coding, int Bytes, int Channels, bool BigEndian)
{
    /// <summary>Programs that write to a pipe cannot go back to fill the size in, and leave one just below 2 GB (SoX,
    /// arecord) or the largest.</summary>
    private static bool IsUnknown(long claimed) => claimed is >= 0x7FFF_0000 and <= 0x8000_0000 or >= uint.MaxValue;

    /// <summary>Whether <see cref="Read"/> decodes this.</summary>
    public bool Known =>
        (Coding, Bytes) is (SampleCoding.Unsigned, 1) or (SampleCoding.Signed, 1 or 2 or 3 or 4) or (SampleCoding.Float, 4 or 8);

    /// <summary>Reads frames and takes the mean of their channels.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="start">Where the first frame starts.</param>
    /// <param name="claimed">Bytes of frames that the header claims; the file's end and whole frames bound what is read.</param>
    /// <param name="rate">Samples a second, in Hz.</param>
    /// <param name="name">What messages call the file.</param>
    /// <returns>One sample a frame, at least one, full scale at ±1.</returns>
    /// <exception cref="InputException">Not one whole frame, too many, or a sample that is not finite.</exception>
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

        if ((Coding, Bytes) == (SampleCoding.Signed, 2) && BitConverter.IsLittleEndian)
        {
            // Nearly every file; in vectors it takes a tenth of the time.
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
                (SampleCoding.Signed, 2) => BinaryPrimitives.ReadInt16LittleEndian(at) / 32768f,
                (SampleCoding.Signed, 3) => (at[0] | at[1] << 8 | (sbyte)at[2] << 16) / 8388608f,
                (SampleCoding.Signed, _) => BinaryPrimitives.ReadInt32LittleEndian(at) / 2147483648f,
                (_, 4) => BinaryPrimitives.ReadSingleLittleEndian(at),
                _ => (float)BinaryPrimitives.ReadDoubleLittleEndian(at),
            };
        }
    }
}
