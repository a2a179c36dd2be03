namespace SpeechEmotion;

/// <summary>Writes files so that a reader, or a run after a crash, sees the old content or the new and never a part of it.</summary>
public static class AtomicFile
{
    /// <summary>Writes through a stream to a temporary name beside <paramref name="path"/>, then renames.</summary>
    /// <param name="path">The file to make or replace; its folder is made where it is missing.</param>
    /// <param name="write">Writes the whole content.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; the old file stays.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        string temporary = $"{full}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.tmp";
        try
        {
            using (FileStream stream = File.Create(temporary))
            {
                write(stream);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Deletes what killed processes were writing in a folder; no living one takes a day over a file.</summary>
    /// <param name="folder">The folder; those in it are left alone.</param>
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
}
