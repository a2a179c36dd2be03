namespace SpeechEmotion.Corpora;

/// <summary>Which files are sound, and how folders are searched for them.</summary>
public static class SoundFiles
{
    private static readonly HashSet<string> All =
        new(StringComparer.OrdinalIgnoreCase) { ".wav", ".flac", ".ogg", ".mp3", ".aif", ".aiff" };

    /// <summary>The extensions of sound files, separated by commas.</summary>
    public static string Endings => string.Join(", ", All);

    /// <summary>True where a file's extension says that it is sound.</summary>
    /// <param name="path">Its path.</param>
    public static bool Is(string path) => All.Contains(Path.GetExtension(path));

    /// <summary>How to search a folder. Skips hidden files, such as macOS's `._a.wav`, and folders that may not be read. Goes deep enough
    /// for a download inside a mirror inside a data folder, and comes to an end where links lead back up.</summary>
    /// <param name="deep">Whether subfolders are searched too.</param>
    public static EnumerationOptions Walk(bool deep) => new()
    {
        RecurseSubdirectories = deep,
        MaxRecursionDepth = 12,
        AttributesToSkip = FileAttributes.Hidden,
    };
}
