namespace SpeechEmotion.Audio;

/// <summary>Many channels to one.</summary>
internal static class Mixdown
{
    /// <summary>Takes the mean of the channels.</summary>
    /// <param name="interleaved">Frames × channels.</param>
    /// <param name="channels">Samples a frame.</param>
    /// <param name="mono">One sample a frame.</param>
    public static void Mean(ReadOnlySpan<float> interleaved, int channels, Span<float> mono)
    {
        if (channels == 1)
        {
            interleaved.CopyTo(mono);
            return;
        }

        for (int frame = 0; frame < mono.Length; frame++)
        {
            double sum = 0;
            foreach (float sample in interleaved.Slice(frame * channels, channels))
            {
                sum += sample;
            }

            mono[frame] = (float)(sum / channels);
        }
    }

    /// <summary>Refuses sound with infinite samples or NaN, which would spoil every mean that it enters.</summary>
    /// <param name="samples">One channel.</param>
    /// <param name="name">What messages call the file.</param>
    /// <exception cref="InputException">A sample is not finite.</exception>
    public static void RequireFinite(ReadOnlySpan<float> samples, string name)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            if (!float.IsFinite(samples[i]))
            {
                throw new InputException($"{name}: sample {i} is {(float.IsNaN(samples[i]) ? "not a number" : "infinite")}; export the file again");
            }
        }
    }

    /// <summary>Refuses a rate that no recording has.</summary>
    /// <param name="rate">In Hz.</param>
    /// <param name="name">What messages call the file.</param>
    /// <returns>The rate in whole Hz.</returns>
    /// <exception cref="InputException">The rate is out of range.</exception>
    public static int RequireRate(double rate, string name) => rate is >= AudioFile.LowestRate and <= AudioFile.HighestRate
        ? (int)Math.Round(rate)
        : throw new InputException($"{name}: its header says {rate} samples a second, "
            + $"outside {AudioFile.LowestRate} to {AudioFile.HighestRate}; the file is broken");
}
