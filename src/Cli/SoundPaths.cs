using System.Text.RegularExpressions;
using SpeechEmotion.Corpora;

namespace SpeechEmotion.Cli;

/// <summary>Sound files as named on the command line: files, folders of them, and patterns that no shell has expanded.</summary>
internal static class SoundPaths
{
    /// <summary>The files that a path stands for; those of a folder or a pattern are sorted.</summary>
    /// <param name="path">A file, a folder, or a pattern with `*`, `?` or `**` (folders to any depth).</param>
    /// <exception cref="InputException">A folder without sound or that may not be read, or a pattern that matches nothing.</exception>
    public static IReadOnlyList<string> Expand(string path)
    {
        bool folder = Directory.Exists(path), pattern = !folder && !File.Exists(path) && IsWild(path);
        string[] files = folder ? [.. Files(path, deep: true).Where(SoundFiles.Is)]
            : pattern ? Matches(path)
            : [path];
        Array.Sort(files, StringComparer.Ordinal);
        return files.Length > 0 ? files : throw new InputException(
            folder && !CorpusScanner.MayBeRead(path) ? $"{path}: may not be read; check its permissions"
            : folder ? $"{path}: no sound files in this folder ({SoundFiles.Endings})"
            : $"{path}: no file matches this pattern");
    }

    private static bool IsWild(string part) => part.AsSpan().IndexOfAny('*', '?') >= 0;

    private static IEnumerable<string> Files(string folder, bool deep) => Directory.EnumerateFiles(folder, "*", SoundFiles.Walk(deep));

    private static string[] Matches(string pattern)
    {
        // Only the folder before the first wildcard is searched, and its subfolders only where the pattern goes on into them.
        string[] parts = pattern.Split('/'), plain = [.. parts.TakeWhile(part => !IsWild(part))];
        bool deep = parts.Length > plain.Length + 1 || parts[^1].Contains("**", StringComparison.Ordinal);
        string root = string.Join('/', plain);
        string from = root.Length > 0 ? root : parts[0].Length == 0 ? "/" : ".";
        string expression = Regex.Escape(pattern)
            .Replace(@"\*\*/", "(.*/)?", StringComparison.Ordinal)
            .Replace(@"\*\*", ".*", StringComparison.Ordinal)
            .Replace(@"\*", "[^/]*", StringComparison.Ordinal)
            .Replace(@"\?", "[^/]", StringComparison.Ordinal);
        Regex match = new("^" + expression + "$");
        return !Directory.Exists(from) ? []
            : [.. Files(from, deep)
                .Select(file => root.Length == 0 && from == "." ? Path.GetRelativePath(".", file) : file)
                .Where(file => match.IsMatch(file))];
    }
}
