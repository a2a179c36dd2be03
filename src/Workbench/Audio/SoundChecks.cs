using System.Numerics.Tensors;

namespace SpeechEmotion.Audio;

/// <summary>What every reader demands of the sound it gives.</summary>
internal static class SoundChecks
{
    /// <summary>Above this no format has a sample, be it a float that holds a whole number of 32 bits; squared and summed it
    /// would become infinite.</summary>
    private const float Absurd = 1e10f;

    /// <summary>Refuses sound with infinite samples, absurd ones or NaN, which would spoil every mean that it enters.</summary>
    /// <param name="samples">One channel.</param>
    /// <param name="name">What messages call the file.</param>
    /// <exception cref="InputException">A sample is not finite, or beyond ±1e10.</exception>
    public static void RequireFinite(ReadOnlySpan<float> samples, string name)
    {
        // The largest is not finite where any is not, so nearly no file is looked through one by one.
        if (samples.IsEmpty || Math.Abs(TensorPrimitives.MaxMagnitude(samples)) <= Absurd)
        {
            return;
        }

        for (int i = 0; i < samples.Length; i++)
        {
            if (!(Math.Abs(samples[i]) <= Absurd))
            {
                string value = float.IsNaN(samples[i]) ? "not a number"
                    : float.IsInfinity(samples[i]) ? "infinite"
                    : FormattableString.Invariant($"{samples[i]:0.##e+0} times full scale");
                throw new InputException($"{name}: sample {i} is {value}; export the file again");
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
