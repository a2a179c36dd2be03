using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>3 × 3 convolution, masked batch normalisation, ReLU. Padding frames are zero in both input and output, so past a clip's end
/// the convolution sees the same zeros whether the clip is alone or in a batch.</summary>
internal sealed class ConvBlock : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Conv2d conv;
    private readonly MaskedBatchNorm norm;

    /// <summary>A block.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="timeStride">Stride in time; the stride in frequency is 2.</param>
    public ConvBlock(int inputs, int outputs, int timeStride) : base(nameof(ConvBlock))
    {
        conv = nn.Conv2d(inputs, outputs, (3, 3), (2, timeStride), (1, 1), bias: false);
        nn.init.kaiming_normal_(conv.weight!, mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.ReLU);
        norm = new MaskedBatchNorm(outputs);
        RegisterComponents();
    }

    /// <summary>Convolves.</summary>
    /// <param name="input">(N, C, F, T), zero on the padding.</param>
    /// <param name="mask">(N, T'), 1 on the sound frames of the output.</param>
    /// <returns>(N, C', ⌈F/2⌉, T'), zero on the padding.</returns>
    public override Tensor forward(Tensor input, Tensor mask) =>
        norm.Rectified(conv.call(ChannelsLast.Of(input)), mask);
}
