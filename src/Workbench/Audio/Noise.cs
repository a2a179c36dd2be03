namespace SpeechEmotion.Audio;

/// <summary>Adds Gaussian noise.</summary>
public static class Noise
{
    /// <summary>Frequency at which tilted noise is as strong as white noise, in Hz.</summary>
    private const double Pivot = 1000;

    /// <summary>Below this frequency, in Hz, tilted noise rises no further.</summary>
    private const double Lowest = 50;

    /// <summary>Adds noise at exactly the given signal-to-noise ratio, by the power of the whole clip.</summary>
    /// <param name="samples">One channel.</param>
    /// <param name="sampleRate">In Hz.</param>
    /// <param name="snrDb">Signal-to-noise ratio in dB.</param>
    /// <param name="tilt">How much the noise's spectrum falls, in dB per octave: 0 is white, 3 pink, 6 brown.</param>
    /// <param name="random">Source of the noise.</param>
    /// <returns>As many samples, which may go beyond ±1; silence stays silence.</returns>
    public static float[] Apply(ReadOnlySpan<float> samples, int sampleRate, double snrDb, double tilt, Random random)
    {
        float[] noise = Normal(samples.Length, random);
        if (tilt != 0 && noise.Length > 0)
        {
            noise = SpectralFilter.Apply(
                noise, sampleRate, hertz => Math.Pow(10, -tilt * Math.Log2(Math.Max(Lowest, hertz) / Pivot) / 20), []);
        }

        double power = Power(noise);
        float scale = power > 0 ? (float)Math.Sqrt(Power(samples) / power / Math.Pow(10, snrDb / 10)) : 0;
        for (int i = 0; i < noise.Length; i++)
        {
            noise[i] = samples[i] + scale * noise[i];
        }

        return noise;
    }

    /// <summary>Draws normally distributed values of mean 0 and standard deviation 1.</summary>
    internal static float[] Normal(int count, Random random)
    {
        float[] noise = new float[count];
        for (int i = 0; i < noise.Length; i += 2)
        {
            // Box and Muller (1958): two normal values from two uniform ones; 1 - x avoids the logarithm of zero.
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * random.NextDouble());
            noise[i] = (float)(radius * cosine);
            if (i + 1 < noise.Length)
            {
                noise[i + 1] = (float)(radius * sine);
            }
        }

        return noise;
    }

    private static double Power(ReadOnlySpan<float> samples)
    {
        double sum = 0;
        foreach (float sample in samples)
        {
            sum += (double)sample * sample;
        }

        return sum / Math.Max(1, samples.Length);
    }
}
