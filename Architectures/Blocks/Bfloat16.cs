using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>Layers whose products are taken in bfloat16 (8 bits of mantissa, float32's range), as torch's autocast does and TorchSharp
/// cannot: weights stay in single precision, their copies are rounded at every call, and gradients come back to single precision
/// through the rounding.</summary>
internal static class Bfloat16
{
    /// <summary>Convolves.</summary>
    /// <param name="layer">A convolution with bias.</param>
    /// <param name="planes">(N, C, H, W) bfloat16.</param>
    /// <returns>(N, C', H', W') bfloat16.</returns>
    public static Tensor Of(Conv2d layer, Tensor planes) => nn.functional.conv2d(
        planes, layer.weight!.to(bfloat16), layer.bias!.to(bfloat16), layer.stride!, layer.padding!);

    /// <summary>Multiplies.</summary>
    /// <param name="layer">A linear layer with bias.</param>
    /// <param name="rows">(N, C) bfloat16.</param>
    /// <returns>(N, C') bfloat16.</returns>
    public static Tensor Of(Linear layer, Tensor rows) => nn.functional.linear(rows, layer.weight!.to(bfloat16), layer.bias!.to(bfloat16));
}
