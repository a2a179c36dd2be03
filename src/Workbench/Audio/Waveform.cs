namespace SpeechEmotion.Audio;

/// <summary>Sound of one channel.</summary>
/// <param name="Samples">Samples, full scale at ±1 (a float file may go beyond).</param>
/// <param name="SampleRate">Samples a second, in Hz.</param>
public sealed record Waveform(float[] Samples, int SampleRate)
{
    /// <summary>Length in seconds.</summary>
    public double Seconds => (double)Samples.Length / SampleRate;
}
