using System.Text.RegularExpressions;

namespace SpeechEmotion.Cli;

/// <summary>Sound files as a person names them: files, folders of them, and patterns that no shell has expanded.</summary>
internal static class SoundPaths
{
    private static readonly string[] Endings = [".wav", ".flac", ".ogg", ".mp3", ".aif", ".aiff"];

    /// <summary>Expands what was given, in its order; what a folder or a pattern holds is sorted.</summary>
    /// <param name="path">A file, a folder, or a pattern with `*`, `?` or `**` (folders to any depth).</param>
    /// <exception cref="InputException">A folder without sound, or a pattern that matches nothing.</exception>
    public static IReadOnlyList<string> Expand(string path)
    {
        bool folder = Directory.Exists(path), pattern = !folder && !File.Exists(path) && IsWild(path);
        string[] files = folder ? [.. Below(path).Where(file => Endings.Contains(Path.GetExtension(file).ToLowerInvariant()))]
            : pattern ? Matches(path)
            : [path];
        Array.Sort(files, StringComparer.Ordinal);
        return files.Length > 0 ? files : throw new InputException(folder
            ? $"{path}: no sound files in this folder ({string.Join(", ", Endings)})"
            : $"{path}: no file matches this pattern");
    }

    private static bool IsWild(string part) => part.AsSpan().IndexOfAny('*', '?') >= 0;

    private static IEnumerable<string> Below(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories);

    private static string[] Matches(string pattern)
    {
        // Only the folder before the first wildcard is looked through.
        string[] parts = pattern.Split('/');
        string root = string.Join('/', parts.TakeWhile(part => !IsWild(part)));
        string from = root.Length > 0 ? root : parts[0].Length == 0 ? "/" : ".";
        string expression = Regex.Escape(pattern)
            .Replace(@"\*\*/", "(.*/)?", StringComparison.Ordinal)
            .Replace(@"\*\*", ".*", StringComparison.Ordinal)
            .Replace(@"\*", "[^/]*", StringComparison.Ordinal)
            .Replace(@"\?", "[^/]", StringComparison.Ordinal);
        Regex match = new("^" + expression + "$");
        return !Directory.Exists(from) ? []
            : [.. Below(from)
                .Select(file => root.Length == 0 && from == "." ? Path.GetRelativePath(".", file) : file)
                .Where(file => match.IsMatch(file))];
    }
}
