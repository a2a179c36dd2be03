using System.Numerics;
using System.Text;

namespace SpeechEmotion.Tests;

/// <summary>Reference decoder for WAV and AIFF, byte by byte and without regard to speed: what the readers give for a damaged file must be
/// what the file contains.</summary>
internal static class SoundOracle
{
    /// <summary>Mono samples and rate in Hz of a file that a reader accepted.</summary>
    public static (float[] Samples, int Rate) Decode(byte[] file)
    {
        bool big = file[0] == 'F';
        (string Id, long Start, long Size)[] chunks = [.. Chunks(file, big)];
        return big ? Aiff(file, chunks) : Wav(file, chunks);
    }

    private static IEnumerable<(string Id, long Start, long Size)> Chunks(byte[] file, bool big)
    {
        bool format = false, sound = false;
        for (long at = 12; at + 8 <= file.Length && !(format && sound);)
        {
            string id = Encoding.Latin1.GetString(file, (int)at, 4);
            long size = (long)Whole(file, at + 4, 4, big, signed: false);
            yield return (id, at + 8, size);
            format |= id is "fmt " or "COMM";
            sound |= id is "data" or "SSND";
            at += 8 + size + size % 2;
        }
    }

    private static (float[], int) Wav(byte[] file, (string Id, long Start, long Size)[] chunks)
    {
        long f = chunks.First(c => c.Id == "fmt ").Start;
        int Field(int offset, int bytes) => (int)Whole(file, f + offset, bytes, big: false, signed: false);
        (int tag, int channels, int rate, int align, int bits) = (Field(0, 2), Field(2, 2), Field(4, 4), Field(12, 2), Field(14, 2));
        bool extended = tag == 0xFFFE && chunks.First(c => c.Id == "fmt ").Size >= 26;
        bool real = (extended ? Field(24, 2) : tag) == 3;
        int least = (bits + 7) / 8, wide = align % channels == 0 ? align / channels : 0;
        int bytes = !real && wide is > 0 and <= 4 ? Math.Max(least, wide) : least;
        (_, long start, long size) = chunks.First(c => c.Id == "data");
        (string Id, long Start, long Size) = chunks.LastOrDefault(c => c.Id == "ds64");
        if (size == uint.MaxValue && Id is not null && Whole(file, Start + 8, 8, big: false, signed: true) is var held && held > 0)
        {
            size = (long)held;
        }
        else if (size == 0 && Whole(file, 4, 4, big: false, signed: false) != file.Length - 8)
        {
            size = long.MaxValue;
        }

        return (Samples(file, start, size, bytes, channels, big: false, real, offsetBinary: !real && bytes == 1), rate);
    }

    private static (float[], int) Aiff(byte[] file, (string Id, long Start, long Size)[] chunks)
    {
        (_, long c, long size) = chunks.First(chunk => chunk.Id == "COMM");
        int channels = (int)Whole(file, c, 2, big: true, signed: true), bits = (int)Whole(file, c + 6, 2, big: true, signed: true);
        long frames = (long)Whole(file, c + 2, 4, big: true, signed: false);
        string codec = Math.Min(size, file.Length - c) >= 22 ? Encoding.Latin1.GetString(file, (int)c + 18, 4) : "NONE";
        int bytes = codec.ToUpperInvariant() switch { "FL32" => 4, "FL64" => 8, _ => (bits + 7) / 8 };
        int exponent = (int)Whole(file, c + 8, 2, big: true, signed: false);
        double rate = (double)Whole(file, c + 10, 8, big: true, signed: false) * Math.Pow(2, exponent - 16383 - 63);
        (_, long start, long claimed) = chunks.First(chunk => chunk.Id == "SSND");
        long offset = (long)Whole(file, start, 4, big: true, signed: false);
        claimed = Math.Max(0, claimed - 8 - offset);
        claimed = frames == 0 ? claimed : Math.Min(claimed, frames * bytes * channels);
        bool real = codec.ToUpperInvariant() is "FL32" or "FL64";
        float[] samples = Samples(file, start + 8 + offset, claimed, bytes, channels, codec != "sowt", real, codec == "raw ");
        return (samples, (int)Math.Round(rate));
    }

    private static float[] Samples(byte[] file, long start, long claimed, int bytes, int channels, bool big, bool real, bool offsetBinary)
    {
        long frames = Math.Min(claimed, file.Length - start) / ((long)bytes * channels);
        float[] mono = new float[frames];
        for (long frame = 0; frame < frames; frame++)
        {
            double sum = 0;
            for (int channel = 0; channel < channels; channel++)
            {
                BigInteger raw = Whole(file, start + (frame * channels + channel) * bytes, bytes, big, signed: !offsetBinary);
                sum += !real ? (float)((double)(raw - (offsetBinary ? 128 : 0)) / Math.Pow(2, 8 * bytes - 1))
                    : bytes == 4 ? BitConverter.Int32BitsToSingle((int)raw) : (float)BitConverter.Int64BitsToDouble((long)raw);
            }

            mono[frame] = (float)(sum / channels);
        }

        return mono;
    }

    private static BigInteger Whole(byte[] file, long at, int bytes, bool big, bool signed) =>
        new(file.AsSpan((int)at, bytes), isUnsigned: !signed, isBigEndian: big);
}
