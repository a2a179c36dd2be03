using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>Convolution blocks over the time-frequency plane. Every block halves the frequency axis; the first few also halve the time
/// axis, since a strided first layer keeps the whole stack cheap enough to train on a CPU.</summary>
internal sealed class ConvStack : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly ModuleList<ConvBlock> blocks = nn.ModuleList<ConvBlock>();
    private readonly int planes;
    private readonly int timeHalvings;

    /// <summary>A stack.</summary>
    /// <param name="features">Values per frame: P · F.</param>
    /// <param name="planes">P, planes that a frame's values are split into, in order.</param>
    /// <param name="channels">Channels after each block.</param>
    /// <param name="timeHalvings">How many blocks, counted from the first, halve the time axis.</param>
    /// <exception cref="ArgumentException">The values of a frame do not divide evenly into the planes.</exception>
    public ConvStack(int features, int planes, IReadOnlyList<int> channels, int timeHalvings) : base(nameof(ConvStack))
    {
        Width = (int)Weights(features, planes, channels).Width;
        this.planes = planes;
        this.timeHalvings = Math.Min(timeHalvings, channels.Count);
        int inputs = planes;
        for (int i = 0; i < channels.Count; i++)
        {
            blocks.Add(new ConvBlock(inputs, channels[i], i < timeHalvings ? 2 : 1));
            inputs = channels[i];
        }

        RegisterComponents();
    }

    /// <summary>Values per frame after the last block: channels × frequencies.</summary>
    public int Width { get; }

    /// <summary>Input frames per output frame.</summary>
    public int TimeStride => 1 << timeHalvings;

    /// <summary>Number of values in such a stack's state, and its <see cref="Width"/>.</summary>
    /// <exception cref="ArgumentException">As in the constructor.</exception>
    public static (long Weights, long Width) Weights(long features, int planes, IReadOnlyList<int> channels)
    {
        if (features % planes != 0)
        {
            throw new ArgumentException(
                $"model.planes: {features} values a frame do not fill {planes} planes; take 3 with features.deltas, else 1");
        }

        long weights = 0, inputs = planes;
        features /= planes;
        foreach (int outputs in channels)
        {
            weights += 9 * inputs * outputs + MaskedBatchNorm.Weights(outputs);
            inputs = outputs;
            features = (features + 1) / 2;
        }

        return (weights, inputs * features);
    }

    /// <summary>Convolves a batch.</summary>
    /// <param name="features">(N, T, P · F).</param>
    /// <param name="mask">(N, T), 1 on sound frames.</param>
    /// <returns>(N, ⌈T/TimeStride⌉, Width), zero on the padding.</returns>
    public override Tensor forward(Tensor features, Tensor mask)
    {
        Tensor x = FrameMask.Clear(features, mask).unflatten(2, [planes, -1]).permute(0, 2, 3, 1);
        for (int i = 0; i < blocks.Count; i++)
        {
            mask = i < timeHalvings ? mask[.., TensorIndex.Slice(step: 2)] : mask;
            x = blocks[i].call(x, mask);
        }

        return x.flatten(1, 2).transpose(1, 2);
    }
}
