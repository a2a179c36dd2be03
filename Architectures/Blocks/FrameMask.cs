using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>Which frames of a padded batch are sound and which are padding.</summary>
internal static class FrameMask
{
    /// <summary>1 for a clip's frames and 0 for padding, in the type and on the device of <paramref name="like"/>.</summary>
    /// <param name="lengths">(N) int64 frames of each clip.</param>
    /// <param name="frames">T, frames of the padded batch.</param>
    /// <param name="like">A tensor that gives type and device.</param>
    /// <returns>(N, T).</returns>
    public static Tensor Of(Tensor lengths, long frames, Tensor like) =>
        arange(frames).unsqueeze(0).lt(lengths.unsqueeze(1)).to(like.dtype, like.device);

    /// <summary>Sets the padding to zero, whatever it holds (even NaN, which multiplying by the mask would keep).</summary>
    /// <param name="features">(N, T, F).</param>
    /// <param name="mask">(N, T) from <see cref="Of"/>.</param>
    /// <returns>(N, T, F).</returns>
    public static Tensor Clear(Tensor features, Tensor mask) => features.masked_fill(mask.eq(0).unsqueeze(-1), 0);

    /// <summary>Length of each clip after a stride: output frame t corresponds to input frame t · stride, so ⌈length /
    /// stride⌉ frames are sound.</summary>
    /// <param name="lengths">(N) int64.</param>
    /// <param name="stride">Stride in time, at least 1.</param>
    /// <returns>(N) int64.</returns>
    public static Tensor Strided(Tensor lengths, long stride) => (lengths + (stride - 1)).div(stride, RoundingMode.floor);
}
