using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>What is clip and what is padding.</summary>
public static class Frames
{
    /// <summary>Marks the frames of each clip.</summary>
    /// <param name="lengths">(N) int64 frames of each clip.</param>
    /// <param name="frames">Frames of the padded batch (T).</param>
    /// <param name="like">Gives the device and the type.</param>
    /// <returns>(N, T): 1 on a clip's frames, 0 on padding.</returns>
    public static Tensor Mask(Tensor lengths, long frames, Tensor like) =>
        (arange(frames, device: like.device).unsqueeze(0) < lengths.to(like.device).unsqueeze(1)).to(like.dtype);

    /// <summary>Frames left after a layer that takes every <paramref name="stride"/>-th, padded so that a part of a stride counts.</summary>
    /// <param name="lengths">(N) int64.</param>
    /// <param name="stride">At least 1.</param>
    /// <returns>(N) int64, at least 1.</returns>
    public static Tensor Strided(Tensor lengths, long stride) => (lengths + (stride - 1)).div(stride, RoundingMode.floor);
}
