using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>Weights of centres by regularised least squares (kernel ridge regression): what their kernels with the clips must be multiplied
/// by to give the clips' answers.</summary>
internal static class KernelRidge
{
    /// <summary>Keeps the system regular where two centres are one sound: far below the smallest ridge that matters.</summary>
    private const double Jitter = 1e-6;

    /// <summary>Every clip a centre: the normal equations lose a factor K on both sides, and with it
    /// a product and half the digits.</summary>
    /// <param name="k">Kernels of the centres, which it adds to.</param>
    /// <param name="importance">Weight of each clip.</param>
    /// <param name="target">Answers (N, classes).</param>
    /// <param name="ridge">Weight of the squared norm.</param>
    public static Tensor Exact(Tensor k, Tensor importance, Tensor target, double ridge)
    {
        _ = k.diagonal().add_((ridge / importance) + Jitter);
        return cholesky_solve(target, linalg.cholesky(k));
    }

    /// <summary>Fewer centres than clips: the normal equations.</summary>
    /// <param name="k">Kernels of the clips with the centres (N, centres).</param>
    /// <param name="centre">Kernels of the centres.</param>
    /// <param name="importance">As in <see cref="Exact"/>.</param>
    /// <param name="target">As in <see cref="Exact"/>.</param>
    /// <param name="ridge">As in <see cref="Exact"/>.</param>
    public static Tensor LeastSquares(Tensor k, Tensor centre, Tensor importance, Tensor target, double ridge)
    {
        Tensor kept = k.t() * importance;
        Tensor system = kept.matmul(k) + (centre * ridge) + (eye(centre.shape[0], centre.shape[0], float64, k.device) * Jitter);
        return linalg.solve(system, kept.matmul(target));
    }
}
