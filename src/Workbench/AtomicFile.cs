using Microsoft.Win32.SafeHandles;

namespace SpeechEmotion;

/// <summary>Writes files so that a reader, or a run after a crash or a power cut, sees either the old content or the new, never a part
/// of it.</summary>
public static class AtomicFile
{
    /// <summary>Writes through a stream to a temporary name beside <paramref name="path"/>, then renames.</summary>
    /// <param name="path">The file to make or replace; a missing folder is created.</param>
    /// <param name="write">Writes the whole content.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; the old file stays.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string full = Path.GetFullPath(path);
        try
        {
            Replace(full, write);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{full}: may not be written; check its permissions", e); // e names the temporary file.
        }
    }

    /// <summary>Deletes temporary files that killed processes left in a folder: those older than a day, longer than any write
    /// takes.</summary>
    /// <param name="folder">The folder; its subfolders are left alone.</param>
    public static void Sweep(string folder)
    {
        IEnumerable<string> left = Directory.EnumerateFiles(folder, "*.tmp")
            .Where(f => File.GetLastWriteTimeUtc(f) < DateTime.UtcNow.AddDays(-1));
        foreach (string rest in left)
        {
            File.Delete(rest);
        }
    }

    /// <summary>Writes text in UTF-8 without a byte order mark.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="text">Its whole content.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; the old file stays.</exception>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    private static void Replace(string full, Action<Stream> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        // Process numbers are not enough: two containers that share the folder may have the same.
        string temporary = $"{full}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream stream = File.Create(temporary))
            {
                write(stream);
            }

            // Some file systems rename before they write: a power cut would leave an empty file.
            using (SafeFileHandle written = File.OpenHandle(temporary, access: FileAccess.ReadWrite))
            {
                RandomAccess.FlushToDisk(written);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
