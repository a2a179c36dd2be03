using System.Text;

namespace SpeechEmotion.Tests;

/// <summary>Puts sound files together from bytes.</summary>
internal static class SoundBytes
{
    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    public static byte[] Ascii(string text) => Encoding.Latin1.GetBytes(text);

    public static byte[] Little(long value, int bytes) => [.. Enumerable.Range(0, bytes).Select(i => (byte)(value >> 8 * i))];

    public static byte[] Big(long value, int bytes) => [.. Little(value, bytes).Reverse()];

    public static byte[] Chunk(string id, byte[] content, uint? claimed = null) =>
        Join(Ascii(id), Little(claimed ?? (uint)content.Length, 4), content, new byte[content.Length % 2]);

    public static byte[] Format(int bits, int channels = 1, int tag = 1, int rate = 16000, int? align = null)
    {
        int frame = align ?? channels * ((bits + 7) / 8);
        return Chunk("fmt ", Join(
            Little(tag, 2), Little(channels, 2), Little(rate, 4), Little(rate * frame, 4), Little(frame, 2), Little(bits, 2)));
    }

    public static byte[] Riff(params byte[][] chunks)
    {
        byte[] body = Join(chunks);
        return Join(Ascii("RIFF"), Little(body.Length + 4, 4), Ascii("WAVE"), body);
    }

    public static byte[] Wav(int bits, byte[] data, int channels = 1, int tag = 1) =>
        Riff(Format(bits, channels, tag), Chunk("data", data));

    public static byte[] BigChunk(string id, byte[] content) =>
        Join(Ascii(id), Big(content.Length, 4), content, new byte[content.Length % 2]);

    /// <summary>The 80-bit float of a whole number.</summary>
    public static byte[] Extended(int rate)
    {
        int exponent = 31 - System.Numerics.BitOperations.LeadingZeroCount((uint)rate);
        return Join(Big(16383 + exponent, 2), Big((long)((ulong)rate << 63 - exponent), 8));
    }

    public static byte[] Aiff(
        int bits, byte[] data, string? codec = null, int channels = 1, int rate = 24414, int offset = 0, uint? frames = null)
    {
        uint held = frames ?? (uint)(data.Length / (channels * ((bits + 7) / 8)));
        byte[] coding = codec is null ? [] : Join(Ascii(codec), [1, (byte)'x']);
        byte[] common = Join(Big(channels, 2), Big(held, 4), Big(bits, 2), Extended(rate), coding);
        byte[] sound = Join(Big(offset, 4), Big(0, 4), new byte[offset], data);
        byte[] body = Join(BigChunk("NAME", Ascii("odd")), BigChunk("COMM", common), BigChunk("SSND", sound));
        return Join(Ascii("FORM"), Big(body.Length + 4, 4), Ascii(codec is null ? "AIFF" : "AIFC"), body);
    }

    public static byte[] Singles(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    public static byte[] Doubles(params double[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    public static byte[] Shorts(params short[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    public static byte[] Swap(byte[] data, int bytes) => [.. data.Chunk(bytes).SelectMany(sample => sample.Reverse())];
}
