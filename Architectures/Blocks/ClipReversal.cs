using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>Reverses each clip of a padded batch within its own length. Reversing twice changes nothing, so the backward pass is the same
/// operation: it copies whole rows, where torch's own backward pass would add up value by value.</summary>
internal sealed class ClipReversal : autograd.SingleTensorFunction<ClipReversal>
{
    /// <inheritdoc/>
    public override string Name => nameof(ClipReversal);

    /// <summary>The source row of each row of the reversed batch: step t of a clip of L steps comes from step L − 1 − t;
    /// padding stays where it is.</summary>
    /// <param name="lengths">(N) int64 on the CPU.</param>
    /// <param name="steps">T.</param>
    /// <returns>(N · T) int64 on the CPU.</returns>
    public static Tensor Rows(Tensor lengths, long steps)
    {
        Tensor time = arange(steps).unsqueeze(0), ends = lengths.unsqueeze(1);
        return (where(time.lt(ends), ends - 1 - time, time) + (arange(lengths.shape[0]).unsqueeze(1) * steps)).flatten();
    }

    /// <summary>Reverses a batch.</summary>
    /// <param name="x">(N, T, D).</param>
    /// <param name="rows">From <see cref="Rows"/>, on the device of <paramref name="x"/>.</param>
    /// <returns>(N, T, D).</returns>
    public static Tensor Of(Tensor x, Tensor rows) =>
        x.requires_grad && x.device_type == TorchSharp.DeviceType.CPU
            ? apply(x, rows)
            : Turn(x, rows); // On other devices torch's own backward pass serves.

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        (Tensor x, Tensor rows) = ((Tensor)vars[0], (Tensor)vars[1]);
        ctx.save_for_backward([rows]);
        return Turn(x, rows);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using Tensor rows = ctx.get_saved_variables()[0];
        return [Turn(grad_output, rows), null!];
    }

    private static Tensor Turn(Tensor x, Tensor rows)
    {
        using Tensor flat = x.reshape(-1, x.shape[2]), turned = flat.index_select(0, rows);
        return turned.view(x.shape);
    }
}
