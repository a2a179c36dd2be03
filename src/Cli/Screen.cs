using Spectre.Console;
using Spectre.Console.Rendering;

namespace SpeechEmotion.Cli;

/// <summary>Output that reads well both in a terminal and in a pipe or a file.</summary>
internal static class Screen
{
    /// <summary>Width, in columns, of output that is not a terminal: wide enough that nothing wraps. Nothing is padded to it.</summary>
    private const int PipeWidth = 1 << 20;

    /// <summary>True where the error stream is a terminal that can erase a line and draw it again, as most can.</summary>
    public static bool Redraws =>
        !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>Whether what is written here is seen on a terminal.</summary>
    public static bool IsTerminal(TextWriter writer) => ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected;

    /// <summary>A console on a writer: with colour where it is the terminal, else plain text.</summary>
    public static IAnsiConsole For(TextWriter writer)
    {
        bool terminal = IsTerminal(writer);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!terminal)
        {
            console.Profile.Width = PipeWidth;
            console.Profile.Capabilities.Unicode = true;
        }

        return console;
    }

    /// <summary>A table: ruled in a terminal, Markdown in a pipe.</summary>
    /// <param name="console">Where it will be written.</param>
    /// <param name="columns">Headers; one that starts with `>` is aligned to the right.</param>
    public static Table Table(IAnsiConsole console, params string[] columns)
    {
        Table table = new() { Border = console.Profile.Capabilities.Ansi ? TableBorder.Rounded : TableBorder.Markdown };
        foreach (string column in columns)
        {
            bool right = column.StartsWith('>');
            table.AddColumn(new TableColumn(new Text(column.TrimStart('>'))) { Alignment = right ? Justify.Right : Justify.Left });
        }

        return table;
    }

    /// <summary>Adds a row of plain text (no markup is read in it).</summary>
    public static void Row(this Table table, params string[] cells) => table.AddRow(cells.Select(cell => new Text(cell)));

    /// <summary>Writes a table: in a pipe without the blank lines that the library sets above and below a table in Markdown.</summary>
    public static void Show(this IAnsiConsole console, Table table)
    {
        if (console.Profile.Capabilities.Ansi)
        {
            console.Write(table);
            return;
        }

        string text = string.Concat(table.GetSegments(console).Select(segment => segment.Text));
        foreach (string line in text.Split('\n').Where(line => line.Trim().Length > 0))
        {
            console.Line(line.TrimEnd());
        }
    }

    /// <summary>Writes a line that is not wrapped at the terminal's width, since it may hold a path or a command to copy.</summary>
    public static void Line(this IAnsiConsole console, string text) => console.Profile.Out.Writer.WriteLine(text);

    /// <summary>A mark and a line: ✓ in green or ✗ in red.</summary>
    public static void Mark(this IAnsiConsole console, bool good, string text) =>
        console.MarkupLineInterpolated($"[{(good ? "green" : "red")}]{(good ? "✓" : "✗")}[/] {text}");
}
