namespace SpeechEmotion.Audio;

/// <summary>Reads sound files as one channel at the file's own rate. The content decides the format, not the file extension (TESS has AIFF
/// inside files named .wav).</summary>
public static class AudioFile
{
    /// <summary>Lowest accepted rate, in Hz; a header with a lower one is broken.</summary>
    public const int LowestRate = 1000;

    /// <summary>Highest accepted rate, in Hz; a header with a higher one is broken.</summary>
    public const int HighestRate = 1_000_000;

    /// <summary>Reads WAV and AIFF itself, and FLAC, OGG, MP3 and others through libsndfile where that is installed.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The mean of the channels, at least one sample, all finite.</returns>
    /// <exception cref="InputException">The file is empty, not sound, broken, of an unknown codec, not readable,
    /// or needs libsndfile, which is missing.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read to its end.</exception>
    public static Waveform Read(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"{path}: is a folder; give a sound file");
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            return Read(stream, path, "WAV, AIFF, FLAC, OGG, MP3", SndFile.Read);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InputException($"{path}: may not be read; check its permissions", e);
        }
    }

    /// <summary>Reads WAV and AIFF from memory, an upload or any other seekable stream.</summary>
    /// <param name="stream">The whole file; read from its start, left open.</param>
    /// <param name="name">Name of the file in error messages.</param>
    /// <returns>The mean of the channels, at least one sample, all finite.</returns>
    /// <exception cref="InputException">The content is empty, not sound, broken, or neither WAV nor AIFF.</exception>
    /// <exception cref="IOException">The stream cannot be read to its end.</exception>
    public static Waveform Read(Stream stream, string name) => Read(stream, name, "WAV, AIFF", (_, kind) =>
        throw new InputException($"{name}: {kind} is read from files only; send WAV or AIFF"));

    private static Waveform Read(Stream stream, string name, string known, Func<string, string, Waveform> other)
    {
        if (!stream.CanSeek)
        {
            throw new InputException($"{name}: cannot be sought (a pipe?); save it to a file first");
        }

        Span<byte> head = stackalloc byte[16];
        stream.Position = 0;
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (head.IsEmpty)
        {
            throw new InputException($"{name}: the file is empty");
        }

        return SoundKind.Of(head) switch
        {
            SoundKind.Wav => WavReader.Read(stream, name),
            SoundKind.Aiff => AiffReader.Read(stream, name),
            SoundKind.Mp4 => throw new InputException($"{name}: MP4 (M4A) is not read here, nor by libsndfile; "
                + "convert it: ffmpeg -i IN -c:a pcm_s16le OUT.wav"),
            null => throw new InputException($"{name}: not a sound file that is known here ({known}); "
                + $"it starts with the bytes {Convert.ToHexString(head[..Math.Min(head.Length, 8)])}"),
            string kind => other(name, kind),
        };
    }
}
