using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>3×3 convolution over time and frequency, batch norm, ReLU, then zeros on padding, so that the next block sees what it would see of the
/// clip alone. Evaluation is exact; in training the norm's statistics count the padding's zeros too, which batches of like length keep few.</summary>
public sealed class ConvBlock : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Conv2d conv;
    private readonly BatchNorm2d norm;
    private readonly int _timeStride;

    /// <summary>Makes a block.</summary>
    /// <param name="input">Channels in.</param>
    /// <param name="output">Channels out.</param>
    /// <param name="timeStride">Stride over time.</param>
    /// <param name="bandStride">Stride over frequency.</param>
    public ConvBlock(int input, int output, int timeStride, int bandStride) : base(nameof(ConvBlock))
    {
        _timeStride = timeStride;
        conv = nn.Conv2d(input, output, (3, 3), stride: (timeStride, bandStride), padding: (1, 1), bias: false);
        norm = nn.BatchNorm2d(output);
        nn.init.kaiming_normal_(conv.weight!, nonlinearity: nn.init.NonlinearityType.ReLU);
        RegisterComponents();
    }

    /// <summary>Applies the block.</summary>
    /// <param name="input">(N, C, T, F), zeros on padding.</param>
    /// <param name="lengths">(N) frames of each clip before the block.</param>
    /// <returns>(N, C′, ⌈T / stride⌉, ⌈F / stride⌉), zeros on padding.</returns>
    public override Tensor forward(Tensor input, Tensor lengths)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = nn.functional.relu(norm.call(conv.call(input)));
        Tensor mask = Frames.Mask(Frames.Strided(lengths, _timeStride), x.shape[2], x).unsqueeze(1).unsqueeze(3);
        return (x * mask).MoveToOuterDisposeScope();
    }
}
