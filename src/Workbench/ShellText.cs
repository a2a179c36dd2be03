namespace SpeechEmotion;

/// <summary>Command lines that can be pasted into a shell.</summary>
public static class ShellText
{
    /// <summary>Words with spaces between, each quoted where a shell would take it for something else.</summary>
    /// <param name="words">Program and arguments.</param>
    public static string Line(IEnumerable<string> words) => string.Join(' ', words.Select(Word));

    /// <summary>One word as a POSIX shell takes it.</summary>
    /// <param name="word">Any text.</param>
    public static string Word(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "_-./=,:+@%".Contains(c))
        ? word
        : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
