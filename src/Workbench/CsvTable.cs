using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace SpeechEmotion;

/// <summary>The CSV format of the evaluation's files (RFC 4180, one row per line): a header, commas, quotes where a value needs them;
/// compressed with gzip where the file name ends in `.gz`.</summary>
public static class CsvTable
{
    internal static void Write(string path, IEnumerable<IEnumerable<string>> lines) => AtomicFile.Write(path, stream =>
    {
        using Stream sink = IsPacked(path) ? new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true) : stream;
        using StreamWriter writer = new(sink, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        foreach (IEnumerable<string> line in lines)
        {
            writer.WriteLine(string.Join(',', line.Select(value => Value(path, value))));
        }
    });

    /// <summary>Reads the rows that are not blank, the header first, each with its line number from 1.</summary>
    /// <param name="path">The file.</param>
    /// <param name="remedy">Advice at the end of an error message; the default suits a file that the workbench wrote.</param>
    /// <exception cref="InputException">With the first row: the file is missing. With any: it is damaged.</exception>
    internal static IEnumerable<CsvRow> Read(string path, string remedy = "the file is damaged, rerun what wrote it")
    {
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: no such file; copy it again, or rerun what wrote it");
        }

        using FileStream file = File.OpenRead(path);
        using Stream source = IsPacked(path) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using StreamReader reader = new(source, new UTF8Encoding(false, throwOnInvalidBytes: true));
        for (int number = 1; NextLine(reader, path, number) is string line; number++)
        {
            if (line.Length > 0)
            {
                yield return new CsvRow(path, number, Split(line), remedy);
            }
        }
    }

    internal static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A value as written in a row: quoted if it contains a comma, a quote or a line break.</summary>
    /// <param name="value">The value.</param>
    public static string Quote(string value) =>
        value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;

    /// <summary>Finds a table that published results keep gzipped.</summary>
    /// <param name="path">The table's path without `.gz`.</param>
    /// <returns>That path or that of the gzipped file; null if neither exists.</returns>
    public static string? Stored(string path) => new[] { path, path + ".gz" }.FirstOrDefault(File.Exists);

    private static bool IsPacked(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private static string? NextLine(StreamReader reader, string path, int number)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (InvalidDataException damage)
        {
            throw new InputException(
                $"{path}, line {number}: the gzip data are damaged or cut off; copy the file again or make it anew", damage);
        }
        catch (DecoderFallbackException other)
        {
            // Other readers put the same sign for every such letter: two names that differ by one letter would become one.
            throw new InputException($"{path}, near line {number}: not in UTF-8; save the table as UTF-8 (Excel: CSV UTF-8)", other);
        }
    }

    private static string Value(string path, string value)
    {
        if (value.AsSpan().ContainsAny('\n', '\r'))
        {
            throw new InputException(
                $"{path}: '{value.ReplaceLineEndings("\\n")}' has a line break and cannot be a table's value; rename it");
        }

        return Quote(value);
    }

    private static List<string> Split(string line)
    {
        List<string> values = [];
        StringBuilder value = new();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                value.Append('"');
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                values.Add(value.ToString());
                value.Clear();
            }
            else
            {
                value.Append(c);
            }
        }

        values.Add(value.ToString());
        return values;
    }
}

/// <summary>A row with its file and line number, which error messages name.</summary>
internal sealed record CsvRow(string Path, int Line, IReadOnlyList<string> Values, string Remedy)
{
    public InputException Wrong(string what) => new($"{Path}, line {Line}: {what}; {Remedy}");

    public double Double(int column) =>
        double.TryParse(Values[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw Wrong($"'{Values[column]}' in column {column + 1} is not a number");

    public int Int(int column) =>
        int.TryParse(Values[column], NumberStyles.Integer, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw Wrong($"'{Values[column]}' in column {column + 1} is not a whole number");

    public void RequireWidth(int columns, string by = "the header")
    {
        if (Values.Count != columns)
        {
            throw Wrong($"{Values.Count} values where {by} has {columns}");
        }
    }
}
