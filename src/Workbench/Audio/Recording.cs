using System.Numerics.Tensors;

namespace SpeechEmotion.Audio;

/// <summary>Reads a recording that a user wants judged. The checks are stricter than for a corpus: what no model here can judge is refused
/// with a message that says why, the same on the command line and in the app. (For a compressed file the app's page sends the sound as the
/// browser decoded it, at the browser's rate.)</summary>
public static class Recording
{
    /// <summary>Lowest rate in Hz: the front ends use frequencies up to 8 kHz, and sound at a lower rate lacks the highest of
    /// them.</summary>
    public const int LowestRate = 16_000;

    /// <summary>Highest rate in Hz: no recording of speech has more.</summary>
    public const int HighestRate = 96_000;

    /// <summary>Mono or stereo; with more channels it is unknown which one holds the speech.</summary>
    public const int MostChannels = 2;

    /// <summary>Shortest sound that can carry a syllable.</summary>
    public const double LeastSeconds = 0.25;

    /// <summary>Sound that stays closer to its mean than this, with full scale at 1, holds no speech (-60 dB).</summary>
    private const double SilentPeak = 1e-3;

    /// <summary>Reads a file of any kind that <see cref="AudioFile"/> reads.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The mean of the channels, at the file's rate.</returns>
    /// <exception cref="InputException">Not sound, broken, cut short, silent, or of a kind that no model here can judge.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read to its end.</exception>
    public static Waveform Read(string path) => Judge(AudioFile.Read(path), path);

    /// <summary>Reads WAV (or AIFF) from memory.</summary>
    /// <param name="stream">The whole file; left open.</param>
    /// <param name="name">Name of the file in error messages.</param>
    /// <returns>The mean of the channels, at the file's rate.</returns>
    /// <exception cref="InputException">As for a file.</exception>
    public static Waveform Read(Stream stream, string name) => Judge(AudioFile.Read(stream, name), name);

    /// <summary>Whether no sample deviates from the mean by 60 dB below full scale (0.001) or more.</summary>
    /// <param name="samples">One channel, at least one sample.</param>
    public static bool IsSilent(ReadOnlySpan<float> samples)
    {
        double mean = (double)TensorPrimitives.Sum(samples) / samples.Length;
        return TensorPrimitives.Max(samples) - mean < SilentPeak && mean - TensorPrimitives.Min(samples) < SilentPeak;
    }

    private static Waveform Judge(Waveform wave, string name)
    {
        // The readers themselves, which corpora use, accept incomplete sound and any number of channels.
        string? fault = wave switch
        {
            { Channels: > MostChannels } => $"has {wave.Channels} channels; one voice as mono or stereo is taken",
            { MissingBytes: > 0 } => $"was cut short: of the sound that its header tells of {wave.MissingBytes:N0} bytes are missing; "
                + "copy or record it again",
            { SampleRate: < LowestRate } => $"has {wave.SampleRate:N0} samples a second and so nothing above {wave.SampleRate / 2:N0} Hz, "
                + $"where much of an emotion is heard; record at {LowestRate:N0} or more",
            { SampleRate: > HighestRate } => $"has {wave.SampleRate:N0} samples a second; "
                + $"speech is taken up to {HighestRate:N0}: convert it",
            { Seconds: < LeastSeconds } => $"lasts {wave.Seconds:0.000} s, too short to judge; speak for a second or more",
            _ when IsSilent(wave.Samples) => "is silent; was the microphone on?",
            _ => null,
        };
        return fault is null ? wave : throw new InputException($"{name} {fault}");
    }
}
