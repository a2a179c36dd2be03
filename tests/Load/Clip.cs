using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Synthesis;

namespace SpeechEmotion.Load;

/// <summary>The clip that every client sends.</summary>
internal static class Clip
{
    /// <summary>The built-in voice as WAV, 16 kHz.</summary>
    public static byte[] Make(int seconds)
    {
        SyntheticSpeaker speaker = SyntheticSpeaker.Draw("F01", 1);
        float[] speech =
        [
            .. Enumerable.Range(1, 4)
                .SelectMany(take => SyntheticClip.Make(speaker, "happy", take, 1).Sound.Samples)
                .Take(seconds * SyntheticClip.SampleRate),
        ];
        string file = Path.Combine(Path.GetTempPath(), $"load-{Environment.ProcessId}.wav");
        try
        {
            WavWriter.Write(file, speech, SyntheticClip.SampleRate);
            return File.ReadAllBytes(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
