using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>Batch normalisation (Ioffe and Szegedy, 2015) whose statistics count sound frames only, so a batch's padding changes neither
/// the normalised frames nor the running statistics. Exact in train and eval mode; without padding it equals BatchNorm2d.</summary>
internal sealed class MaskedBatchNorm : nn.Module<Tensor, Tensor, Tensor>
{
    private const double Epsilon = 1e-5;
    private const double Momentum = 0.1;
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Tensor running_mean;
    private readonly Tensor running_var;

    /// <summary>A layer with scale 1 and offset 0.</summary>
    /// <param name="channels">C.</param>
    public MaskedBatchNorm(int channels) : base(nameof(MaskedBatchNorm))
    {
        weight = nn.Parameter(ones(channels));
        bias = nn.Parameter(zeros(channels));
        running_mean = zeros(channels);
        running_var = ones(channels);
        RegisterComponents();
    }

    /// <summary>Number of values in such a layer's state, including the running statistics.</summary>
    public static long Weights(long channels) => 4 * channels;

    /// <summary>Normalises each channel.</summary>
    /// <param name="input">(N, C, F, T); the padding may hold any finite values.</param>
    /// <param name="mask">(N, T), 1 on sound frames.</param>
    /// <returns>(N, C, F, T); the padding is not cleared.</returns>
    public override Tensor forward(Tensor input, Tensor mask)
    {
        // A batch with one value per channel has no variance to normalise by, so it uses the running statistics.
        var (mean, variance) = training && input.shape[0] * input.shape[2] * input.shape[3] > 1
            ? BatchStatistics(input, mask)
            : (running_mean, running_var);
        Tensor scale = weight * (variance + Epsilon).rsqrt();
        Tensor offset = bias - mean * scale;
        return addcmul(offset.view(1, -1, 1, 1), input, scale.view(1, -1, 1, 1), 1);
    }

    /// <summary>Normalises each channel and applies ReLU.</summary>
    /// <param name="input">(N, C, F, T), channels last in memory; the padding may hold any finite values.</param>
    /// <param name="mask">(N, T), 1 on sound frames.</param>
    /// <returns>(N, C, F, T), zero on the padding.</returns>
    public Tensor Rectified(Tensor input, Tensor mask)
    {
        NormKernel? kernel = training && NormRelu.Takes(input)
            ? new(Sound(mask), (int)input.shape[2], (int)input.shape[3], (int)input.shape[1], Epsilon)
            : null;
        if (kernel is not { Count: > 1 })
        {
            return call(input, mask).relu_() * mask.unsqueeze(1).unsqueeze(1);
        }

        Tensor output = NormRelu.Of(input, weight, bias, kernel);
        using (no_grad())
        {
            Track(
                tensor(kernel.Mean, running_mean.dtype),
                tensor(kernel.Variance, running_var.dtype) * ((double)kernel.Count / (kernel.Count - 1)));
        }

        return output;
    }

    private static int[] Sound(Tensor mask) => [.. mask.sum(1).data<float>().Select(s => (int)s)];

    private (Tensor Mean, Tensor Variance) BatchStatistics(Tensor input, Tensor mask)
    {
        Tensor frames = mask.unsqueeze(1);
        Tensor count = mask.sum() * input.shape[2];
        Tensor mean = (input.sum(2) * frames).sum([0L, 2L]) / count;
        Tensor variance = ((input.square().sum(2) * frames).sum([0L, 2L]) / count - mean.square()).clamp_min(0);
        using (no_grad())
        {
            Track(mean.detach(), variance.detach() * count / (count - 1).clamp_min(1));
        }

        return (mean, variance);
    }

    private void Track(Tensor mean, Tensor unbiased)
    {
        running_mean.lerp_(mean, Momentum);
        running_var.lerp_(unbiased, Momentum);
    }
}
