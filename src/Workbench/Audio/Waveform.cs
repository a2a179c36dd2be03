namespace SpeechEmotion.Audio;

/// <summary>Sound of one channel.</summary>
/// <param name="Samples">Samples, full scale at ±1 (a float file may go beyond).</param>
/// <param name="SampleRate">Samples a second, in Hz.</param>
public sealed record Waveform(float[] Samples, int SampleRate)
{
    /// <summary>Channels of the file, of which the samples are the mean.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>Bytes of sound that the file's header claims and the file lacks; 0 where it is whole or does not say.</summary>
    public long MissingBytes { get; init; }

    /// <summary>Length in seconds.</summary>
    public double Seconds => (double)Samples.Length / SampleRate;
}
