using SpeechEmotion.Audio;

namespace SpeechEmotion.Tests;

/// <summary>Test sounds that the scripts of the golden values can make too.</summary>
internal static class TestSound
{
    /// <summary>The sound of make_features.py.</summary>
    public static Waveform Make(int count, int rate = 16000)
    {
        float[] noise = Noise(count), samples = new float[count];
        for (int i = 0; i < count; i++)
        {
            double tones = Tone(0.3, 187.5) + Tone(0.2, 1234.5) + Tone(0.1, 3456.7);
            samples[i] = (float)((tones + 0.05 * noise[i]) * (i < count * 2 / 3 ? 1 : 1e-5));

            double Tone(double level, double hz) => level * Math.Sin(2 * Math.PI * hz * i / rate);
        }

        return new Waveform(samples, rate);
    }

    /// <summary>The white noise of make_resample.py and make_summary.py.</summary>
    public static float[] Noise(int count)
    {
        long state = 1;
        return [.. Enumerable.Range(0, count).Select(_ => ((state = (state * 1103515245 + 12345) % (1L << 31)) / 65536 - 16384) / 32768f)];
    }
}
