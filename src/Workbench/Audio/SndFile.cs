using System.Runtime.InteropServices;

namespace SpeechEmotion.Audio;

/// <summary>Reads the formats of libsndfile (FLAC, OGG, MP3 from its version 1.1, AU, CAF, ...) where the library is installed.</summary>
public static partial class SndFile
{
    private const string Library = "libsndfile.so.1";
    private const int ReadMode = 0x10;
    private static readonly Lock Opening = new();

    /// <summary>Whether the library is on this machine.</summary>
    public static bool Installed => NativeLibrary.TryLoad(Library, out _);

    /// <summary>The library's name and version, such as libsndfile-1.2.2; null where it is not on this machine.</summary>
    public static string? Version => Installed ? Marshal.PtrToStringUTF8(sf_version_string()) : null;

    /// <summary>Reads the whole file. The length in the header is not trusted: memory grows with what is decoded.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">The file's format as <see cref="SoundKind"/> names it.</param>
    /// <returns>The mean of the channels, at least one sample, all finite.</returns>
    /// <exception cref="InputException">The library is missing or cannot read the file, or a FLAC file ends early.</exception>
    public static Waveform Read(string path, string kind)
    {
        if (!Installed)
        {
            throw Missing(path, kind);
        }

        Info info = default;
        nint file;
        lock (Opening)
        {
            // libsndfile keeps the reason of a failed open in one global variable, hence the lock.
            file = sf_open(path, ReadMode, ref info);
            if (file == 0)
            {
                throw new InputException($"{path}: libsndfile cannot read this {kind} file ({Reason(0)}); "
                    + "convert it: ffmpeg -i IN -c:a pcm_s16le OUT.wav");
            }
        }

        try
        {
            int rate = SoundChecks.RequireRate(info.SampleRate, path);
            float[] samples = Decode(file, info.Channels, path, kind);

            // Where a FLAC frame fails its checksum, the library stops without an error. Other formats only estimate their length, so it is
            // not checked.
            if (kind == SoundKind.Flac && info.Frames != long.MaxValue && samples.Length < info.Frames)
            {
                throw new InputException(
                    $"{path}: this FLAC file is damaged ({samples.Length} of {info.Frames} samples decode); copy it again");
            }

            return new Waveform(samples, rate) { Channels = info.Channels };
        }
        finally
        {
            _ = sf_close(file);
        }
    }

    /// <summary>The error for a machine without the library.</summary>
    /// <param name="path">The file that needs it.</param>
    /// <param name="kind">The file's format, for the message.</param>
    /// <returns>An error that says how to install it.</returns>
    internal static InputException Missing(string path, string kind) =>
        new($"{path}: {kind} needs libsndfile, which is not installed (apt-get install libsndfile1); or convert the file to WAV");

    private static float[] Decode(nint file, int channels, string path, string kind)
    {
        int block = Math.Max(1, 65536 / channels);
        float[] interleaved = new float[block * channels];
        float[] mono = [];
        int count = 0;
        while (sf_readf_float(file, interleaved, block) is > 0 and long read)
        {
            if (count + read > Array.MaxLength)
            {
                throw new InputException($"{path}: too long to read at once; cut the file");
            }

            if (count + read > mono.Length)
            {
                Array.Resize(ref mono, (int)Math.Min(Array.MaxLength, Math.Max(count + read, mono.Length * 2L)));
            }

            Mixdown.Mean(interleaved.AsSpan(0, (int)read * channels), channels, mono.AsSpan(count, (int)read));
            count += (int)read;
        }

        if (count == 0)
        {
            throw new InputException($"{path}: this {kind} file holds no sound that libsndfile can decode ({Reason(file)})");
        }

        Array.Resize(ref mono, count);
        SoundChecks.RequireFinite(mono, path);
        return mono;
    }

    private static string Reason(nint file) => (Marshal.PtrToStringUTF8(sf_strerror(file)) ?? "no reason given").TrimEnd('.', ' ', '\n');

    [StructLayout(LayoutKind.Sequential)]
    private struct Info
    {
        public long Frames;
        public int SampleRate;
        public int Channels;
        public int Format;
        public int Sections;
        public int Seekable;
    }

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint sf_open(string path, int mode, ref Info info);

    [LibraryImport(Library)]
    private static partial long sf_readf_float(nint file, [Out] float[] frames, long count);

    [LibraryImport(Library)]
    private static partial int sf_close(nint file);

    [LibraryImport(Library)]
    private static partial nint sf_strerror(nint file);

    [LibraryImport(Library)]
    private static partial nint sf_version_string();
}
