using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Architectures.Blocks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures;

/// <summary>Options of <see cref="Cnn"/>.</summary>
public sealed record CnnOptions
{
    /// <summary>Channels of each block; each halves frequency.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [16, 32, 64, 96];

    /// <summary>Stride over time of each block.</summary>
    public IReadOnlyList<int> TimeStrides { get; init; } = [2, 2, 2, 1];

    /// <summary>Dropout of whole channels after each block.</summary>
    [Range(0, 0.95)]
    public double ChannelDropout { get; init; } = 0.1;

    /// <summary>Dropout before the classifier.</summary>
    [Range(0, 0.95)]
    public double Dropout { get; init; } = 0.4;
}

/// <summary>A small convolutional network over time and frequency with attentive statistics pooling.</summary>
public sealed class Cnn : EmotionModel
{
    private readonly ConvStack stack;
    private readonly AttentivePooling pool;
    private readonly Dropout drop;
    private readonly Linear classify;

    /// <summary>Makes the network.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="shape">What it must fit.</param>
    public Cnn(CnnOptions options, ModelShape shape) : base("cnn")
    {
        stack = new ConvStack(shape.Features, options.Channels, options.TimeStrides, options.ChannelDropout);
        pool = new AttentivePooling(stack.Width);
        drop = nn.Dropout(options.Dropout);
        classify = nn.Linear(2 * stack.Width, shape.Classes);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor features, Tensor lengths)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor frames = stack.call(features, lengths);
        return classify.call(drop.call(pool.call(frames, stack.Lengths(lengths)))).MoveToOuterDisposeScope();
    }
}
