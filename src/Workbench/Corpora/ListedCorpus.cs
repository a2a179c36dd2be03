using System.Text.RegularExpressions;
using SpeechEmotion.Labels;

namespace SpeechEmotion.Corpora;

/// <summary>A corpus that the workbench does not know by its file names; a table in its folder, `corpus.csv`, describes it. The corpus has
/// the folder's name, in lower case. A header names the columns, in any order: `file` (relative to the table), `speaker`, `emotion` (or
/// `label`), and where it is known `gender` (or `sex`). Other columns are ignored, so a table made for nkululeko works, unless it cuts
/// files into segments.</summary>
public sealed partial class ListedCorpus : ICorpus
{
    /// <summary>Name of the table.</summary>
    public const string FileName = "corpus.csv";

    private readonly Dictionary<string, CorpusEntry> _entries;

    private ListedCorpus(string name, string table, Dictionary<string, CorpusEntry> entries) =>
        (Name, Table, _entries) = (name, table, entries);

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The table: its path below the data folder, with forward slashes.</summary>
    public string Table { get; }

    /// <summary>The listed files: paths below the data folder, with forward slashes.</summary>
    public IReadOnlyCollection<string> Files => _entries.Keys;

    /// <inheritdoc/>
    public CorpusEntry? Parse(string relativePath) => _entries.GetValueOrDefault(relativePath);

    /// <summary>The corpus whose table lies beside a file or nearest above it, or null.</summary>
    /// <param name="corpora">The corpora of a data folder.</param>
    /// <param name="file">The file, as in <see cref="Files"/>.</param>
    public static ListedCorpus? Around(IEnumerable<ListedCorpus> corpora, string file) => corpora
        .Where(corpus => file.StartsWith(corpus.Table[..^FileName.Length], StringComparison.Ordinal))
        .MaxBy(corpus => corpus.Table.Length);

    /// <summary>Reads the tables of a data folder.</summary>
    /// <param name="root">The data folder, an absolute path.</param>
    /// <param name="tables">Paths of its tables, relative to it.</param>
    /// <exception cref="InputException">A table is wrong, or its corpus's name is not valid or is taken; the message names file and
    /// line.</exception>
    internal static IReadOnlyList<ListedCorpus> Read(string root, IEnumerable<string> tables)
    {
        Dictionary<string, (string Table, ListedCorpus Corpus)> corpora = [];
        foreach (string path in tables)
        {
            string table = Path.Combine(root, path);
            string name = Path.GetFileName(Path.GetDirectoryName(table)!).ToLowerInvariant();
            string? fault =
                name is "all" or LabelSet.Listed ? $"'{name}' means something else where a corpus is named; rename the folder"
                : !Plain().IsMatch(name)
                    ? "the corpus is called after its folder, whose name may have letters, digits, _ and - only; rename the folder"
                : CorpusCatalog.Find(name) is not null
                    ? $"the folder is called as a corpus that is known by its file names ({name}); rename the folder"
                : corpora.TryGetValue(name, out var other)
                    ? $"{other.Table} describes a corpus of the same name; rename one of the folders"
                : null;
            corpora[name] = fault is null
                ? (table, new ListedCorpus(name, path, Entries(root, table)))
                : throw new InputException($"{table}: {fault}");
        }

        return [.. corpora.Values.Select(corpus => corpus.Corpus)];
    }

    private static Dictionary<string, CorpusEntry> Entries(string root, string table)
    {
        string folder = Path.GetDirectoryName(table)!;
        CsvRow[] rows = [.. CsvTable.Read(table)];
        string[] header = rows.Length == 0 ? [] : [.. rows[0].Values.Select(name => name.Trim().ToLowerInvariant())];
        int file = Column("file");
        int speaker = Column("speaker");
        int label = Column("emotion", "label");
        int sex = Column("gender", "sex");
        int[] segments = [Column("start"), Column("end")];
        if (file < 0 || speaker < 0 || label < 0)
        {
            throw new InputException(
                $"{table}: its first line must name the columns file, speaker and emotion, and may name gender; "
                + $"it says '{string.Join(',', header)}' "
                + (header is [string only] && only.Contains(';')
                    ? "(values are separated by commas here; save it so)"
                    : "(a file that is not meant for this needs another name)"));
        }

        (string Name, int Column)[] required = [("file", file), ("speaker", speaker), ("emotion", label)];
        Dictionary<string, CorpusEntry> entries = [];
        HashSet<string> ids = [];
        foreach (CsvRow row in rows.Skip(1))
        {
            string Value(int column) => column >= 0 && column < row.Values.Count ? row.Values[column].Trim() : "";
            // Tables are written on Windows, too.
            string full = Path.GetFullPath(Path.Combine(folder, Value(file).Replace('\\', '/').Replace("\0", "")));
            string path = Path.GetRelativePath(root, full);
            string id = Path.ChangeExtension(Path.GetRelativePath(folder, full), null);
            string? empty = required.FirstOrDefault(c => Value(c.Column).Length == 0).Name;
            string? fault =
                row.Values.Count != header.Length
                    ? $"{row.Values.Count} values, where the first line has {header.Length}; put a value with a comma in quotes"
                : Value(file).Contains('\0') ? "a file name with a zero byte"
                : segments.Where(column => Value(column).Length > 0).ToArray() is [int segment, ..]
                    ? $"'{header[segment]}' cuts a segment out of the file, and here a file is an utterance; cut the sound first"
                : empty == "speaker"
                    ? "no speaker; every clip needs one, for speakers are kept apart "
                        + "(where nobody knows who speaks, give each recording its own)"
                : empty is not null ? $"no {empty}; every clip needs one"
                : path.StartsWith("../", StringComparison.Ordinal)
                    ? $"{Value(file)} lies outside the data folder ({root}); files are named relative to this table"
                : !ids.Add(id) ? $"{id} is there twice"
                : null;
            entries[path] = fault is null
                ? new CorpusEntry(id, Value(speaker), Sex(Value(sex)), Value(label))
                : throw new InputException($"{table}, line {row.Line}: {fault}");
        }

        return entries.Count > 0
            ? entries
            : throw new InputException($"{table}: lists no files; each needs a line below the first, such as `wav/a.wav,f1,female,anger`");

        int Column(params string[] names)
        {
            int[] columns = [.. names.Select(name => Array.IndexOf(header, name)).Where(column => column >= 0)];
            return columns.Length == 0 ? -1 : Array.LastIndexOf(header, header[columns[0]]) == columns[0] ? columns[0]
                : throw new InputException($"{table}: its first line names the column {header[columns[0]]} twice");
        }
    }

    private static string Sex(string text) => text.ToLowerInvariant() switch
    {
        "f" => "female",
        "m" => "male",
        "" => "unknown",
        string other => other,
    };

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]*$")]
    private static partial Regex Plain();
}
