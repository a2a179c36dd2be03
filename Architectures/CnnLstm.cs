using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Architectures.Blocks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures;

/// <summary>Options of <see cref="CnnLstm"/>.</summary>
public sealed record CnnLstmOptions
{
    /// <summary>Channels of each convolution block; each halves frequency.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [16, 32, 48];

    /// <summary>Stride over time of each block.</summary>
    public IReadOnlyList<int> TimeStrides { get; init; } = [2, 2, 1];

    /// <summary>Dropout of whole channels after each block.</summary>
    [Range(0, 0.95)]
    public double ChannelDropout { get; init; } = 0.1;

    /// <summary>Units of each direction of the LSTM.</summary>
    [Range(1, 4096)]
    public int Hidden { get; init; } = 64;

    /// <summary>LSTM layers.</summary>
    [Range(1, 8)]
    public int Layers { get; init; } = 1;

    /// <summary>Dropout between layers and before the classifier.</summary>
    [Range(0, 0.95)]
    public double Dropout { get; init; } = 0.4;
}

/// <summary>Convolutions find local patterns, a bidirectional LSTM their course over the clip, attentive statistics pooling what matters of it
/// (after Zhao, Mao and Chen, 2019, made smaller).</summary>
public sealed class CnnLstm : EmotionModel
{
    private readonly ConvStack stack;
    private readonly BiLstm lstm;
    private readonly AttentivePooling pool;
    private readonly Dropout drop;
    private readonly Linear classify;

    /// <summary>Makes the network.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="shape">What it must fit.</param>
    public CnnLstm(CnnLstmOptions options, ModelShape shape) : base("cnn_lstm")
    {
        stack = new ConvStack(shape.Features, options.Channels, options.TimeStrides, options.ChannelDropout);
        lstm = new BiLstm(stack.Width, options.Hidden, options.Layers, options.Dropout);
        pool = new AttentivePooling(2 * options.Hidden);
        drop = nn.Dropout(options.Dropout);
        classify = nn.Linear(4 * options.Hidden, shape.Classes);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor features, Tensor lengths)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor left = stack.Lengths(lengths);
        Tensor steps = lstm.call(stack.call(features, lengths), left);
        return classify.call(drop.call(pool.call(steps, left))).MoveToOuterDisposeScope();
    }
}
