using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>Layers that compute in bfloat16 (8 bits of mantissa, float32's range), as with torch's autocast, which TorchSharp does not
/// offer. Weights stay in single precision and are copied and rounded at every call; the backward pass converts their gradients
/// back to single precision.</summary>
internal static class Bfloat16
{
    /// <summary>Convolves.</summary>
    /// <param name="layer">A convolution with bias.</param>
    /// <param name="planes">(N, C, H, W) bfloat16.</param>
    /// <returns>(N, C', H', W') bfloat16.</returns>
    public static Tensor Of(Conv2d layer, Tensor planes) => nn.functional.conv2d(
        planes, layer.weight!.to(bfloat16), layer.bias!.to(bfloat16), layer.stride!, layer.padding!);

    /// <summary>Applies a linear layer.</summary>
    /// <param name="layer">A linear layer with bias.</param>
    /// <param name="rows">(N, C) bfloat16.</param>
    /// <returns>(N, C') bfloat16.</returns>
    public static Tensor Of(Linear layer, Tensor rows) => nn.functional.linear(rows, layer.weight!.to(bfloat16), layer.bias!.to(bfloat16));
}
