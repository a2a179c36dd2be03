using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>Convolution blocks over a log-mel picture, then one vector a frame: channels × bands.</summary>
public sealed class ConvStack : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly ModuleList<ConvBlock> blocks = nn.ModuleList<ConvBlock>();
    private readonly Dropout2d drop;
    private readonly IReadOnlyList<int> _timeStrides;

    /// <summary>Makes the stack; every block halves the frequency axis.</summary>
    /// <param name="features">Bands of the input (F).</param>
    /// <param name="channels">Channels of each block.</param>
    /// <param name="timeStrides">Stride over time of each block; as many as channels.</param>
    /// <param name="dropout">Share of channels dropped after each block.</param>
    /// <exception cref="ArgumentException">The two lists differ in length or are empty.</exception>
    public ConvStack(int features, IReadOnlyList<int> channels, IReadOnlyList<int> timeStrides, double dropout) : base(nameof(ConvStack))
    {
        if (channels.Count == 0 || channels.Count != timeStrides.Count)
        {
            throw new ArgumentException($"channels ({channels.Count}) and time_strides ({timeStrides.Count}) must have the same number of entries, at least 1");
        }

        _timeStrides = timeStrides;
        int bands = features, input = 1;
        for (int i = 0; i < channels.Count; i++)
        {
            blocks.Add(new ConvBlock(input, channels[i], timeStrides[i], 2));
            input = channels[i];
            bands = (bands + 1) / 2;
        }

        Width = input * bands;
        drop = nn.Dropout2d(dropout);
        RegisterComponents();
    }

    /// <summary>Values a frame that come out.</summary>
    public int Width { get; }

    /// <summary>Frames of each clip that come out.</summary>
    /// <param name="lengths">(N) frames that go in.</param>
    /// <returns>(N) int64.</returns>
    public Tensor Lengths(Tensor lengths) => _timeStrides.Aggregate(lengths, (l, stride) => Frames.Strided(l, stride));

    /// <summary>Applies the blocks.</summary>
    /// <param name="features">(N, T, F); what stands on padding has no effect.</param>
    /// <param name="lengths">(N) frames of each clip.</param>
    /// <returns>(N, T′, Width), zeros on padding.</returns>
    public override Tensor forward(Tensor features, Tensor lengths)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = (features * Frames.Mask(lengths, features.shape[1], features).unsqueeze(2)).unsqueeze(1);
        for (int i = 0; i < blocks.Count; i++)
        {
            x = drop.call(blocks[i].call(x, lengths));
            lengths = Frames.Strided(lengths, _timeStrides[i]);
        }

        return x.permute(0, 2, 1, 3).flatten(2).MoveToOuterDisposeScope();
    }
}
