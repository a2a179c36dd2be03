using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>Puts the channels of a plane beside each other in memory, as a convolution must find them here: with channels first, oneDNN's
/// convolutions of libtorch 2.10 give wrong values, silently or as not-a-number, wherever channels are no multiple of the processor's
/// vector (16 with AVX-512, 8 with AVX2). FloatGradientTests hold every network to double precision, which takes other kernels.</summary>
internal static class ChannelsLast
{
    /// <summary>The same values in the other order of memory; no copy where they have it.</summary>
    /// <param name="planes">(N, C, H, W).</param>
    /// <returns>(N, C, H, W), C fastest.</returns>
    public static Tensor Of(Tensor planes) => planes.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}
