using System.Numerics.Tensors;

namespace SpeechEmotion.Features.Summary;

/// <summary>Levels of power: librosa 0.7 core.power_to_db(ref=1, amin=1e-10, top_db=80).</summary>
internal static class Decibels
{
    private const double Least = 1e-10;
    private const double Range = 80;

    /// <summary>Turns power into decibels in place; what lies more than 80 dB below the loudest of all is raised to there.</summary>
    /// <param name="power">Power of all bands and frames of a clip.</param>
    public static void Of(Span<double> power)
    {
        TensorPrimitives.Max(power, Least, power);
        TensorPrimitives.Log10(power, power);
        TensorPrimitives.Multiply(power, 10, power);
        TensorPrimitives.Max(power, TensorPrimitives.Max<double>(power) - Range, power);
    }
}
