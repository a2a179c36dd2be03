using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Corpora;

/// <summary>Facts about a sound file, read from its bytes.</summary>
/// <param name="Size">Size in bytes.</param>
/// <param name="Changed">When it was last written, in ticks of UTC.</param>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hexadecimal; empty where they cannot be read.</param>
/// <param name="Sound">SHA-256 of its decoded samples (<see cref="Utterance.Sound"/>); that of its bytes where
/// they cannot be decoded.</param>
/// <param name="Ends">First and last sample: a program that writes over the ends of recordings does so by label or session.</param>
/// <param name="Samples">Number of samples; 0 where it cannot be read.</param>
/// <param name="Seconds">Duration; 0 where it cannot be read.</param>
/// <param name="SampleRate">Sample rate in Hz.</param>
/// <param name="Peak">Largest absolute sample, full scale 1.</param>
/// <param name="Error">Why it cannot be read, or null.</param>
public sealed record SoundFacts(
    long Size, long Changed, string Sha256, string Sound, SoundEnds Ends,
    int Samples, double Seconds, int SampleRate, float Peak, string? Error)
{
    /// <summary>Below this peak a file holds no sound.</summary>
    private const float SilentPeak = 1e-4f;

    private const double LeastSeconds = 0.1;

    /// <summary>Bytes of sound that its header tells of and the file does not hold; 0 where it is whole.</summary>
    public long MissingBytes { get; init; }

    /// <summary>Why the file cannot be used; null where it can.</summary>
    public string? Fault =>
        Error is not null ? Error
        : Peak < SilentPeak ? "it is silent"
        : Seconds < LeastSeconds ? $"it lasts {Seconds:f3} s only"
        : null;

    /// <summary>Reads a file, or returns what is known of it where its size and modification time are unchanged.</summary>
    /// <param name="path">The file.</param>
    /// <param name="known">What an earlier scan found, or null.</param>
    /// <returns>The facts; for a file that cannot be read, <see cref="Error"/> says why.</returns>
    public static SoundFacts Of(string path, SoundFacts? known)
    {
        string sum = "";
        try
        {
            // Those of a link's target: a link itself stays the same when its target changes. They are taken before the bytes: a file that
            // is still being copied is then read again by the next scan.
            FileInfo file = File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new(path);
            (long size, long changed) = (file.Length, file.LastWriteTimeUtc.Ticks);

            // A file that could not be read is tried again: a decoder may have been installed since.
            if (known is { Error: null } && known.Size == size && known.Changed == changed)
            {
                return known;
            }

            using (FileStream stream = File.OpenRead(path))
            {
                sum = Convert.ToHexStringLower(SHA256.HashData(stream));
            }

            Waveform wave = AudioFile.Read(path);
            float peak = MathF.Abs(TensorPrimitives.MaxMagnitude<float>(wave.Samples));
            string sound = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(wave.Samples.AsSpan())));
            SoundEnds ends = new(wave.Samples[0], wave.Samples[^1]);
            return new SoundFacts(size, changed, sum, sound, ends, wave.Samples.Length, wave.Seconds, wave.SampleRate, peak, null)
            {
                MissingBytes = wave.MissingBytes,
            };
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            string reason = e.Message.StartsWith(path + ": ", StringComparison.Ordinal) ? e.Message[(path.Length + 2)..] : e.Message;
            return new SoundFacts(0, 0, sum, sum, new(0, 0), 0, 0, 0, 0, reason);
        }
    }
}

/// <summary>The ends of a sound.</summary>
/// <param name="First">First sample, full scale 1.</param>
/// <param name="Last">Last sample.</param>
public readonly record struct SoundEnds(float First, float Last);
