using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Synthesis;

namespace SpeechEmotion.Tests.Web;

/// <summary>The built-in voice as WAV bytes.</summary>
internal static class Voice
{
    /// <summary>Speech of the asked length in seconds: sentences one after the other, the last one cut.</summary>
    public static Waveform Speech(double seconds, string emotion = "happy", int seed = 1)
    {
        SyntheticSpeaker speaker = SyntheticSpeaker.Draw("F01", seed);
        List<float> samples = [];
        for (int take = 1; samples.Count < seconds * SyntheticClip.SampleRate; take++)
        {
            samples.AddRange(SyntheticClip.Make(speaker, emotion, take, seed).Sound.Samples);
        }

        return new Waveform([.. samples[..(int)(seconds * SyntheticClip.SampleRate)]], SyntheticClip.SampleRate);
    }

    public static byte[] Wav(Waveform wave) => Wav(wave.Samples, wave.SampleRate);

    public static byte[] Wav(float[] samples, int rate, int channels = 1)
    {
        IEnumerable<short> rounded = samples.Select(sample => (short)Math.Clamp(MathF.Round(sample * 32768), -32768, 32767));
        short[] interleaved = [.. rounded.SelectMany(value => Enumerable.Repeat(value, channels))];
        return SoundBytes.Riff(SoundBytes.Format(16, channels, rate: rate), SoundBytes.Chunk("data", SoundBytes.Shorts(interleaved)));
    }
}
