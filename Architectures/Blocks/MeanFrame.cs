using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>The mean of a clip's frames. A clip of one frame, such as a row of a feature table, is its own mean.</summary>
internal static class MeanFrame
{
    /// <summary>(N, T, F) to (N, F); padding has no part in it.</summary>
    /// <param name="features">(N, T, F).</param>
    /// <param name="lengths">(N) int64 on the CPU.</param>
    public static Tensor Of(Tensor features, Tensor lengths)
    {
        Tensor mask = FrameMask.Of(lengths, features.shape[1], features);
        return FrameMask.Clear(features, mask).sum(1) / mask.sum(1, keepdim: true);
    }
}
