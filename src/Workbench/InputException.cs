namespace SpeechEmotion;

/// <summary>Something that the user gave is wrong: a file, a key, a name. The message is one line that says what is wrong, where, and what
/// to do. The command line prints it alone and exits with 2.</summary>
/// <param name="message">What is wrong, where, and what to do.</param>
/// <param name="inner">The cause, kept for `--verbose`.</param>
public sealed class InputException(string message, Exception? inner = null) : Exception(Readable(message), inner)
{
    /// <summary>Maximum characters of a line: a word quoted from a damaged file may fill pages.</summary>
    private const int Longest = 2000;

    private static string Readable(string message) => message.Length <= Longest ? message : string.Join('\n', message.Split('\n')
        .Select(line => line.Length <= Longest ? line : $"{line[..(Longest / 2)]} … {line[^(Longest / 4)..]}"));
}
