namespace SpeechEmotion;

/// <summary>A lock on a folder: one process at a time has it, on one machine or, on a shared file system with working locks, on
/// several.</summary>
internal static class FolderLock
{
    /// <summary>Locks a folder for this process until the result is disposed, or returns null if another process has locked it. The system
    /// frees the lock of a killed process.</summary>
    /// <param name="folder">The folder; created if it is missing. The lock is its file `.lock`, which stays.</param>
    /// <returns>The lock, or null.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static IDisposable? Try(string folder)
    {
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, ".lock");
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(file))
        {
            return null;
        }
    }
}
