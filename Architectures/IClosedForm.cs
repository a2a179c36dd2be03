using static TorchSharp.torch;

namespace SpeechEmotion.Architectures;

/// <summary>A model whose weights are solved for in closed form, not trained step by step: one epoch is one fit
/// to all training clips.</summary>
public interface IClosedForm
{
    /// <summary>Solves for the weights. Random draws come from torch's random state.</summary>
    /// <param name="features">(N, T, F) all training clips, padded.</param>
    /// <param name="lengths">(N) int64 on the CPU.</param>
    /// <param name="labels">(N) int64.</param>
    void Fit(Tensor features, Tensor lengths, Tensor labels);
}
