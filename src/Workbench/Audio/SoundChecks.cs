using System.Numerics.Tensors;

namespace SpeechEmotion.Audio;

/// <summary>Checks that every reader makes on the sound it returns.</summary>
internal static class SoundChecks
{
    /// <summary>No format has larger samples, not even a float file that holds 32-bit integers; squared and summed, larger ones would
    /// become infinite.</summary>
    private const float Absurd = 1e10f;

    /// <summary>Refuses sound with NaN, infinite or absurdly large samples, which would spoil every mean that includes them.</summary>
    /// <param name="samples">One channel.</param>
    /// <param name="name">Name of the file in error messages.</param>
    /// <exception cref="InputException">A sample is not finite, or beyond ±1e10.</exception>
    public static void RequireFinite(ReadOnlySpan<float> samples, string name)
    {
        // If any sample is not finite, neither is the largest magnitude, so hardly any file must be searched sample by sample.
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
    /// <param name="name">Name of the file in error messages.</param>
    /// <returns>The rate in whole Hz.</returns>
    /// <exception cref="InputException">The rate is out of range.</exception>
    public static int RequireRate(double rate, string name) => rate is >= AudioFile.LowestRate and <= AudioFile.HighestRate
        ? (int)Math.Round(rate)
        : throw new InputException($"{name}: its header says {rate} samples a second, "
            + $"outside {AudioFile.LowestRate} to {AudioFile.HighestRate}; the file is broken");
}
