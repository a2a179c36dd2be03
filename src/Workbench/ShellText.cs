namespace SpeechEmotion;

/// <summary>Command lines that can be pasted into a shell.</summary>
public static class ShellText
{
    /// <summary>Joins words with spaces, quoting each word that a shell would otherwise interpret.</summary>
    /// <param name="words">Program and arguments.</param>
    public static string Line(IEnumerable<string> words) => string.Join(' ', words.Select(Word));

    /// <summary>One word, quoted for a POSIX shell if needed.</summary>
    /// <param name="word">Any text.</param>
    public static string Word(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "_-./=,:+@%".Contains(c))
        ? word
        : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
