using static TorchSharp.torch;

namespace SpeechEmotion.Architectures;

/// <summary>A classifier of one clip's features. Every architecture takes and gives the same shapes, so one loop trains them all.</summary>
/// <param name="name">The catalog name, which names the module in checkpoints.</param>
public abstract class EmotionModel(string name) : nn.Module<Tensor, Tensor, Tensor>(name)
{
    /// <summary>Scores a padded batch.</summary>
    /// <param name="features">(N, T, F) float32: N clips, T frames of the longest, F values per frame; normalised;
    /// zeros past a clip's end.</param>
    /// <param name="lengths">(N) int64 on the CPU: frames of each clip, 1 to T.</param>
    /// <returns>(N, C) logits. Frames past a clip's length have no effect on its row.</returns>
    public abstract override Tensor forward(Tensor features, Tensor lengths);
}

/// <summary>What a model must fit: the width of its input and the number of classes.</summary>
/// <param name="Features">Values per frame (F).</param>
/// <param name="Classes">Number of classes (C).</param>
public sealed record ModelShape(int Features, int Classes);
