using System.Numerics.Tensors;

namespace SpeechEmotion.Features.Summary;

/// <summary>Power in decibels: librosa 0.7 core.power_to_db(ref=1, amin=1e-10, top_db=80).</summary>
internal static class Decibels
{
    private const double Least = 1e-10;
    private const double Range = 80;

    /// <summary>Converts power to decibels in place; values more than 80 dB below the loudest of all are raised to that level.</summary>
    /// <param name="power">Power of all bands and frames of a clip.</param>
    public static void Of(Span<double> power)
    {
        TensorPrimitives.Max(power, Least, power);
        TensorPrimitives.Log10(power, power);
        TensorPrimitives.Multiply(power, 10, power);
        TensorPrimitives.Max(power, TensorPrimitives.Max<double>(power) - Range, power);
    }
}
