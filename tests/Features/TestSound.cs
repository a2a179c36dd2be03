using SpeechEmotion.Audio;

namespace SpeechEmotion.Tests;

/// <summary>The sound of make_features.py.</summary>
internal static class TestSound
{
    public static Waveform Make(int count, int rate = 16000)
    {
        long state = 1;
        float[] samples = new float[count];
        for (int i = 0; i < count; i++)
        {
            state = (state * 1103515245 + 12345) % (1L << 31);
            double noise = (state / 65536 - 16384) / 32768.0;
            double tones = Tone(0.3, 187.5) + Tone(0.2, 1234.5) + Tone(0.1, 3456.7);
            samples[i] = (float)((tones + 0.05 * noise) * (i < count * 2 / 3 ? 1 : 1e-5));

            double Tone(double level, double hz) => level * Math.Sin(2 * Math.PI * hz * i / rate);
        }

        return new Waveform(samples, rate);
    }
}
