using SpeechEmotion.Audio.Synthesis;

namespace SpeechEmotion.Tests;

/// <summary>Test tones and measurements of them.</summary>
internal static class Tone
{
    public static float[] Sine(double hertz, int rate, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (float)Math.Sin(2 * Math.PI * hertz * i / rate))];

    /// <summary>One vowel held steady.</summary>
    /// <param name="hertz">Its pitch, in Hz.</param>
    /// <param name="formants">F1 to F3, in Hz.</param>
    /// <param name="seconds">Its duration, in seconds.</param>
    public static VoiceTracks Vowel(double hertz, double[] formants, double seconds)
    {
        double[] Hold(double value) => [.. Enumerable.Repeat(value, (int)Math.Round(seconds / VoiceTracks.Step))];
        return new(Hold(hertz), Hold(1), Hold(0), Hold(0), Hold(3000), Hold(1000), Hold(Phone.NasalPole), [.. formants.Select(Hold)]);
    }

    /// <summary>Amplitude of a sine: √2 times the root mean square of the middle half, away from edge effects.</summary>
    public static double Amplitude(ReadOnlySpan<float> samples)
    {
        double sum = 0;
        ReadOnlySpan<float> middle = samples.Slice(samples.Length / 4, samples.Length / 2);
        foreach (float sample in middle)
        {
            sum += sample * sample;
        }

        return Math.Sqrt(2 * sum / middle.Length);
    }

    /// <summary>The frequency with the most power under a Hann window, in whole Hz from 20 to 999.</summary>
    public static int Peak(float[] samples, int rate) => Enumerable.Range(20, 980).MaxBy(hertz =>
    {
        (double real, double imaginary) = (0, 0);
        for (int i = 0; i < samples.Length; i++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * hertz * i / rate);
            double value = samples[i] * (1 - Math.Cos(2 * Math.PI * i / samples.Length));
            real += value * cosine;
            imaginary += value * sine;
        }

        return real * real + imaginary * imaginary;
    });
}
