using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>Output weights of the centres by regularised least squares (kernel ridge regression): kernel values of the clips with the
/// centres, multiplied by these weights, give the clips' targets.</summary>
internal static class KernelRidge
{
    /// <summary>Keeps the system non-singular where two centres are the same sound; far below the smallest ridge that matters.</summary>
    private const double Jitter = 1e-6;

    /// <summary>Solves where every clip is a centre. The kernel matrix K then cancels from both sides of the normal equations,
    /// which avoids a matrix product and the loss of half the digits.</summary>
    /// <param name="k">Kernel matrix of the centres (N, N); changed in place.</param>
    /// <param name="importance">Weight of each clip (N).</param>
    /// <param name="target">Targets (N, classes).</param>
    /// <param name="ridge">Weight of the fitted function's squared norm.</param>
    public static Tensor Exact(Tensor k, Tensor importance, Tensor target, double ridge)
    {
        _ = k.diagonal().add_((ridge / importance) + Jitter);
        return cholesky_solve(target, linalg.cholesky(k));
    }

    /// <summary>Solves where there are fewer centres than clips, by the normal equations.</summary>
    /// <param name="k">Kernel values of the clips with the centres (N, centres).</param>
    /// <param name="centre">Kernel matrix of the centres (centres, centres).</param>
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
