using Spectre.Console;
using SpeechEmotion.Cli;

namespace SpeechEmotion.Tests.Cli;

public class ScreenTests
{
    private static readonly string Path = string.Concat(Enumerable.Repeat("/a folder", 60));

    [Fact]
    public void Output_that_is_no_terminal_is_never_wrapped_or_padded()
    {
        StringWriter output = new();
        IAnsiConsole console = Screen.For(output);
        Table table = Screen.Table(console, "file");
        table.Row(Path);
        console.Show(table);
        console.Mark(good: true, Path);
        string head = "file".PadRight(Path.Length), rule = ":".PadRight(Path.Length, '-');
        Assert.Equal($"| {head} |\n| {rule} |\n| {Path} |\n✓ {Path}\n", output.ToString());
    }

    [Fact]
    public void A_line_with_something_to_copy_is_not_wrapped_in_a_narrow_terminal_either()
    {
        StringWriter output = new();
        IAnsiConsole console = Screen.For(output);
        console.Profile.Width = 40;
        console.Line(Path);
        Assert.Equal(Path, output.ToString().TrimEnd());
    }
}
