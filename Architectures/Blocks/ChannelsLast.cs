using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>Puts planes in channels-last memory order, which every convolution here requires: with channels first, the oneDNN convolutions
/// of libtorch 2.10 give wrong values, silently or as NaN, wherever the number of channels is not a multiple of the CPU's vector width
/// (16 with AVX-512, 8 with AVX2). FloatGradientTests check every network against double precision, which uses other kernels.</summary>
internal static class ChannelsLast
{
    /// <summary>The same values with channels last in memory; not copied if they already are.</summary>
    /// <param name="planes">(N, C, H, W).</param>
    /// <returns>(N, C, H, W), C fastest.</returns>
    public static Tensor Of(Tensor planes) => planes.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}
