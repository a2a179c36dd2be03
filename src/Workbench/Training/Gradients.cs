using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>Gradient clipping that stays on the device: torch's own helper copies the norm back to the host at every step.</summary>
public static class Gradients
{
    /// <summary>Scales all gradients down by one factor if their joint 2-norm exceeds the limit.</summary>
    /// <param name="parameters">Parameters; those without a gradient are skipped.</param>
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
