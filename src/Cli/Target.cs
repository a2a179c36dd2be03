using System.Diagnostics.CodeAnalysis;

namespace SpeechEmotion.Cli;

/// <summary>Checks where a command is to write, before it works for hours: the system's own errors would come late and name no
/// option.</summary>
internal static class Target
{
    /// <summary>The value of an option that names a folder to write; null where it is not given.</summary>
    /// <param name="path">The value.</param>
    /// <param name="option">The option, for the error.</param>
    /// <exception cref="InputException">A file has this name.</exception>
    [return: NotNullIfNotNull(nameof(path))]
    public static string? Folder(string? path, string option) =>
        !System.IO.File.Exists(path) ? path : throw new InputException($"{option} {path}: is a file; a folder is wanted");

    /// <summary>The value of an option that names a file to write; null where it is not given.</summary>
    /// <param name="path">The value.</param>
    /// <param name="option">The option, for the error.</param>
    /// <exception cref="InputException">A folder has this name.</exception>
    [return: NotNullIfNotNull(nameof(path))]
    public static string? File(string? path, string option) =>
        !Directory.Exists(path) ? path : throw new InputException($"{option} {path}: is a folder; a file is wanted");
}
