using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>Gradient clipping that stays on the device: torch's own helper reads the norm back at every step.</summary>
public static class Gradients
{
    /// <summary>Scales all gradients down together where their common 2-norm is over the limit.</summary>
    /// <param name="parameters">Parameters; those without a gradient are passed over.</param>
    /// <param name="limit">Largest norm, above 0.</param>
    public static void Clip(IEnumerable<Parameter> parameters, double limit)
    {
        using IDisposable off = no_grad();
        Tensor[] gradients = parameters.Select(p => p.grad).OfType<Tensor>().ToArray();
        Tensor norm = stack(gradients.Select(g => g.norm()).ToArray()).norm();
        Tensor scale = (limit / (norm + 1e-6)).clamp_max(1);
        foreach (Tensor gradient in gradients)
        {
            gradient.mul_(scale);
        }
    }
}
