namespace SpeechEmotion.Audio;

/// <summary>Sound of one channel.</summary>
/// <param name="Samples">Samples, full scale at ±1 (a float file may go beyond).</param>
/// <param name="SampleRate">Sample rate in Hz.</param>
public sealed record Waveform(float[] Samples, int SampleRate)
{
    /// <summary>Number of channels in the file; the samples are their mean.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>Bytes of sound that the file's header claims but the file lacks; 0 where it is complete or its header gives no
    /// size.</summary>
    public long MissingBytes { get; init; }

    /// <summary>Length in seconds.</summary>
    public double Seconds => (double)Samples.Length / SampleRate;
}
