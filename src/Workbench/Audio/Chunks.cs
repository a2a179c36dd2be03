using System.Buffers.Binary;
using System.Text;

namespace SpeechEmotion.Audio;

/// <summary>One chunk of a RIFF or AIFF file.</summary>
/// <param name="Id">Four characters.</param>
/// <param name="Start">Position of its content in the file, in bytes.</param>
/// <param name="Size">Size of its content in bytes as its header claims; the file may hold less.</param>
internal readonly record struct Chunk(string Id, long Start, uint Size)
{
    /// <summary>Walks the chunks that follow the 12-byte file header.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="bigEndian">True for AIFF's byte order, false for RIFF's.</param>
    /// <returns>The chunks in order; the last may claim more than the file holds.</returns>
    public static IEnumerable<Chunk> Walk(Stream stream, bool bigEndian)
    {
        byte[] header = new byte[8];
        for (long position = 12; position + header.Length <= stream.Length;)
        {
            stream.Position = position;
            stream.ReadExactly(header);
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4));
            size = bigEndian ? BinaryPrimitives.ReverseEndianness(size) : size;
            yield return new Chunk(Encoding.Latin1.GetString(header, 0, 4), position + header.Length, size);

            // Content of an odd size is followed by a pad byte that the size does not count.
            position += header.Length + (long)size + (size & 1);
        }
    }

    /// <summary>Reads the start of the content.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="least">Bytes that must be there.</param>
    /// <param name="name">Name of the file in error messages.</param>
    /// <returns>From <paramref name="least"/> to 64 bytes.</returns>
    /// <exception cref="InputException">The chunk or the file is shorter.</exception>
    public byte[] Content(Stream stream, int least, string name)
    {
        int held = (int)Math.Min(64, Math.Min(Size, stream.Length - Start));
        if (held < least)
        {
            throw new InputException($"{name}: its '{Id}' chunk has {held} bytes in place of {least}; the file is broken");
        }

        byte[] content = new byte[held];
        stream.Position = Start;
        stream.ReadExactly(content);
        return content;
    }
}
