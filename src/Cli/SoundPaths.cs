using Microsoft.Extensions.FileSystemGlobbing;

namespace SpeechEmotion.Cli;

/// <summary>Sound files as a person names them: files, folders of them, and patterns that no shell has expanded.</summary>
internal static class SoundPaths
{
    private static readonly string[] Endings = [".wav", ".flac", ".ogg", ".mp3", ".aif", ".aiff"];

    /// <summary>Expands what was given, in its order; what a folder or a pattern holds is sorted.</summary>
    /// <param name="path">A file, a folder, or a pattern with `*`, `?` or `**` (any depth).</param>
    /// <exception cref="InputException">A folder without sound, or a pattern that matches nothing.</exception>
    public static IReadOnlyList<string> Expand(string path)
    {
        bool folder = Directory.Exists(path), pattern = !folder && !File.Exists(path) && path.AsSpan().IndexOfAny('*', '?') >= 0;
        string[] files = folder ? [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(IsSound)]
            : pattern ? [.. Matches(path)]
            : [path];
        Array.Sort(files, StringComparer.Ordinal);
        return files.Length > 0 ? files : throw new InputException(folder
            ? $"{path}: no sound files in this folder ({string.Join(", ", Endings)})"
            : $"{path}: no file matches this pattern");
    }

    private static bool IsSound(string file) => Endings.Contains(Path.GetExtension(file).ToLowerInvariant());

    private static IEnumerable<string> Matches(string pattern)
    {
        // The matcher looks below a folder: the part before the first wildcard.
        string[] parts = pattern.Split('/');
        int wild = Array.FindIndex(parts, part => part.AsSpan().IndexOfAny('*', '?') >= 0);
        string root = string.Join('/', parts[..wild]) is { Length: > 0 } before ? before : wild > 0 ? "/" : ".";
        if (!Directory.Exists(root))
        {
            return [];
        }

        Matcher matcher = new(StringComparison.Ordinal);
        matcher.AddInclude(string.Join('/', parts[wild..]));
        return matcher.GetResultsInFullPath(root).Select(file => Path.IsPathRooted(pattern) ? file : Path.GetRelativePath(".", file));
    }
}
