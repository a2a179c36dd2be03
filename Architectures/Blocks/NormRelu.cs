using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>Masked batch normalisation and ReLU as one operation on the CPU. It reads each value twice in the forward pass and twice in the
/// backward pass; built from torch's operations it takes some twenty passes over memory, which cost more than the convolutions.
/// The backward pass overwrites the gradient that it receives, because that is in the CPU's cache and fresh memory is not. So the
/// operation that consumes the output must create a gradient of its own for it: convolutions and matrix products do, a sum with another
/// branch does not.</summary>
internal sealed unsafe class NormRelu : autograd.SingleTensorFunction<NormRelu>
{
    /// <inheritdoc/>
    public override string Name => nameof(NormRelu);

    /// <summary>Whether the kernels apply: single precision on the CPU, channels a multiple of <see cref="NormKernel.Lanes"/>,
    /// planes of at most <see cref="int.MaxValue"/> bytes.</summary>
    /// <param name="planes">(N, C, F, T).</param>
    public static bool Takes(Tensor planes) =>
        planes.dtype == ScalarType.Float32 && planes.device_type == TorchSharp.DeviceType.CPU && planes.shape[1] % NormKernel.Lanes == 0
        && planes.numel() <= int.MaxValue / sizeof(float);

    /// <summary>Normalises by the batch's statistics.</summary>
    /// <param name="planes">(N, C, F, T), channels last in memory.</param>
    /// <param name="weight">(C).</param>
    /// <param name="bias">(C).</param>
    /// <param name="kernel">Made for these planes; holds the statistics afterwards.</param>
    /// <returns>(N, C, F, T), zero on the padding.</returns>
    public static Tensor Of(Tensor planes, Tensor weight, Tensor bias, NormKernel kernel) => apply(planes, weight, bias, kernel);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        (Tensor planes, Tensor weight, Tensor bias) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        NormKernel kernel = (NormKernel)vars[3];
        Tensor rows = planes.permute(0, 2, 3, 1).contiguous(), output = empty_like(rows);
        kernel.Measure(Start(rows), Values(weight), Values(bias));
        kernel.Normalise(Start(rows), Start(output));
        ctx.save_for_backward([rows]); // Not disposed of here: it is read after this returns. The caller's scope disposes of it.
        ctx.save_data("kernel", kernel);
        return output.permute(0, 3, 1, 2);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        NormKernel kernel = (NormKernel)ctx.get_data("kernel");
        using Tensor rows = ctx.get_saved_variables()[0], turned = grad_output.permute(0, 2, 3, 1);
        using Tensor slopes = turned.contiguous();
        (float[] weight, float[] bias) = kernel.Back(Start(rows), Start(slopes));
        return [slopes.permute(0, 3, 1, 2), tensor(weight), tensor(bias), null!];
    }

    /// <summary>Address of a tensor's values; torch does not move them.</summary>
    private static float* Start(Tensor tensor) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));

    private static Span<float> Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
