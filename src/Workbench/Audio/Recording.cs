using System.Numerics.Tensors;

namespace SpeechEmotion.Audio;

/// <summary>Sound that a person asks about. It is held to more than the sound of a corpus: what no model here can judge is refused with a
/// sentence that says why, alike on the command line and in the app. (Of a compressed file the app's page sends what the browser decoded,
/// at the browser's rate.)</summary>
public static class Recording
{
    /// <summary>Lowest rate in Hz: the front ends listen up to 8 kHz, and sound at a lower rate lacks the top of that.</summary>
    public const int LowestRate = 16_000;

    /// <summary>Highest rate in Hz: no recording of speech has more.</summary>
    public const int HighestRate = 96_000;

    /// <summary>Mono or stereo; with more it is not known which channel speaks.</summary>
    public const int MostChannels = 2;

    /// <summary>Shortest sound that can carry a syllable.</summary>
    public const double LeastSeconds = 0.25;

    /// <summary>Below this distance from the mean, full scale at 1, there is no speech (-60 dB).</summary>
    private const double SilentPeak = 1e-3;

    /// <summary>Reads a file of any kind that <see cref="AudioFile"/> reads.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The mean of the channels, at the file's rate.</returns>
    /// <exception cref="InputException">Not sound, broken, cut short, silent, or of a kind that no model here can judge.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read to its end.</exception>
    public static Waveform Read(string path) => Judge(AudioFile.Read(path), path);

    /// <summary>Reads WAV (or AIFF) from memory.</summary>
    /// <param name="stream">The whole file; left open.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>The mean of the channels, at the file's rate.</returns>
    /// <exception cref="InputException">As for a file.</exception>
    public static Waveform Read(Stream stream, string name) => Judge(AudioFile.Read(stream, name), name);

    /// <summary>Whether no sample is 60 dB below full scale or louder, away from the mean.</summary>
    /// <param name="samples">One channel, at least one sample.</param>
    public static bool IsSilent(ReadOnlySpan<float> samples)
    {
        double mean = (double)TensorPrimitives.Sum(samples) / samples.Length;
        return TensorPrimitives.Max(samples) - mean < SilentPeak && mean - TensorPrimitives.Min(samples) < SilentPeak;
    }

    private static Waveform Judge(Waveform wave, string name)
    {
        // A corpus's reader takes what is there of a sound and of its channels.
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
