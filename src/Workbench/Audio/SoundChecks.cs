using System.Numerics.Tensors;

namespace SpeechEmotion.Audio;

/// <summary>What every reader demands of the sound it gives.</summary>
internal static class SoundChecks
{
    /// <summary>Refuses sound with infinite samples or NaN, which would spoil every mean that it enters.</summary>
    /// <param name="samples">One channel.</param>
    /// <param name="name">What messages call the file.</param>
    /// <exception cref="InputException">A sample is not finite.</exception>
    public static void RequireFinite(ReadOnlySpan<float> samples, string name)
    {
        // The largest is not finite where any is not, so nearly no file is looked through one by one.
        if (samples.IsEmpty || float.IsFinite(TensorPrimitives.MaxMagnitude(samples)))
        {
            return;
        }

        for (int i = 0; i < samples.Length; i++)
        {
            if (!float.IsFinite(samples[i]))
            {
                string value = float.IsNaN(samples[i]) ? "not a number" : "infinite";
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
