using System.Buffers.Binary;
using System.Text;

namespace SpeechEmotion.Tests;

/// <summary>Damages good files: flipped bits, impossible numbers where a header has its sizes, cut, lengthened and shuffled parts, and in
/// text wrong numbers, punctuation and nesting. The seed and the number of an input determine it.</summary>
/// <param name="good">Good files.</param>
/// <param name="text">Whether they are text.</param>
/// <param name="seed">Another seed gives other inputs.</param>
internal sealed class Mutator(IReadOnlyList<byte[]> good, bool text, int seed)
{
    /// <summary>Length in bytes of the start of a binary file, which gets most of the changes.</summary>
    private const int Header = 96;

    private static readonly long[] Numbers =
    [
        0, 1, 2, 3, 4, 7, 8, 16, 127, 128, 255, 256, 32767, 32768, 65535, 65536, 1 << 24, int.MaxValue - 1, int.MaxValue,
        1L + int.MaxValue, uint.MaxValue - 7, uint.MaxValue, 1L << 32, 1L << 40, long.MaxValue - 1, long.MaxValue,
        -1, -2, -128, int.MinValue, long.MinValue,
    ];

    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ":", ",", "\"", "'", "\\", "\\u0000", "\\ud800", "null", "true", "false", "~", "&a ", "*a", "!!binary ",
        "---\n", "...\n", "|\n", ">\n", "? ", "- ", "# ", "%YAML 9\n", "\t", "\r", "\n", "\0", "\u0085", "\ufeff", "ü", "😀",
        "NaN", "Infinity", "-0", "1e999", "1e-999", "0x10", "../", "/", "\u2028",
    ];

    /// <summary>Makes one damaged input.</summary>
    /// <param name="number">Its number.</param>
    public byte[] Make(int number)
    {
        Random random = new(unchecked(seed * 1_000_003 + number));
        List<byte> bytes = [.. good[random.Next(good.Count)]];
        for (int changes = 1 + random.Next(1 + random.Next(6)); changes > 0; changes--)
        {
            Change(bytes, random);
        }

        return [.. bytes];
    }

    private void Change(List<byte> bytes, Random random)
    {
        int at = Place(bytes.Count, random), length = Math.Min(1 + random.Next(1 + random.Next(64)), bytes.Count - at);
        switch (random.Next(text ? 12 : 8))
        {
            case 0 when bytes.Count > 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when bytes.Count > 0:
                bytes[at] = (byte)(random.Next(2) == 0 ? random.Next(256) : Numbers[random.Next(Numbers.Length)]);
                break;
            case 2 or 3 when !text:
                Write(bytes, at, random);
                break;
            case 4 when random.Next(3) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 4:
                bytes.RemoveRange(at, length);
                break;
            case 5:
                bytes.InsertRange(Place(bytes.Count, random), bytes.GetRange(at, length));
                break;
            case 6:
                byte[] other = good[random.Next(good.Count)];
                int from = random.Next(other.Length);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + 1 + random.Next(200))]);
                break;
            case 7:
                byte[] more = new byte[random.Next(40)];
                random.NextBytes(more);
                bytes.InsertRange(random.Next(2) == 0 ? at : bytes.Count, more);
                break;
            case 8 or 9:
                Number(bytes, at, random);
                break;
            case 10:
                string token = Tokens[random.Next(Tokens.Length)];
                string inserted = random.Next(20) == 0 ? string.Concat(Enumerable.Repeat(token, random.Next(5000))) : token;
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(inserted));
                break;
            case 11:
                Lines(bytes, random);
                break;
        }
    }

    private int Place(int count, Random random) => random.Next(Math.Max(1, !text && random.Next(4) > 0 ? Math.Min(count, Header) : count));

    private static void Write(List<byte> bytes, int at, Random random)
    {
        Span<byte> number = stackalloc byte[8];
        long value = random.Next(4) == 0 ? bytes.Count + random.Next(-9, 9) : Numbers[random.Next(Numbers.Length)];
        int size = 2 << random.Next(3);
        BinaryPrimitives.WriteInt64LittleEndian(number, value);
        number = number[..size];
        if (random.Next(2) == 0)
        {
            number.Reverse();
        }

        for (int i = 0; i < size && at + i < bytes.Count; i++)
        {
            bytes[at + i] = number[i];
        }
    }

    /// <summary>Replaces the next number by an unlikely one.</summary>
    private static void Number(List<byte> bytes, int at, Random random)
    {
        while (at < bytes.Count && !char.IsAsciiDigit((char)bytes[at]))
        {
            at++;
        }

        int end = at;
        while (end < bytes.Count && (char.IsAsciiDigit((char)bytes[end]) || bytes[end] is (byte)'.' or (byte)'e'))
        {
            end++;
        }

        bytes.RemoveRange(at, end - at);
        string unlikely = random.Next(3) == 0
            ? $"{random.NextDouble() * Math.Pow(10, random.Next(-400, 400)):R}"
            : $"{Numbers[random.Next(Numbers.Length)]}";
        bytes.InsertRange(at, Encoding.ASCII.GetBytes(unlikely));
    }

    /// <summary>Repeats, drops or swaps whole lines.</summary>
    private static void Lines(List<byte> bytes, Random random)
    {
        List<string> lines = [.. Encoding.Latin1.GetString([.. bytes]).Split('\n')];
        int a = random.Next(lines.Count), b = random.Next(lines.Count);
        switch (random.Next(3))
        {
            case 0:
                lines.Insert(b, lines[a]);
                break;
            case 1:
                lines.RemoveAt(a);
                break;
            default:
                (lines[a], lines[b]) = (lines[b], lines[a]);
                break;
        }

        bytes.Clear();
        bytes.AddRange(Encoding.Latin1.GetBytes(string.Join('\n', lines)));
    }
}
