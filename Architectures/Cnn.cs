using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Architectures.Blocks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures;

/// <summary>Options of <see cref="Cnn"/>.</summary>
public sealed record CnnOptions
{
    /// <summary>Channels after each 3 × 3 convolution; each convolution halves the frequency axis.</summary>
    [EachRange(1, 1024)]
    public IReadOnlyList<int> Channels { get; init; } = [16, 32, 64, 96];

    /// <summary>Input planes that the values of a frame are split into, in order: 3 with `features.deltas`, so that the deltas are
    /// channels of the image (Piczak, MLSP 2015) and not additional bands; else 1.</summary>
    [Range(1, 16)]
    public int Planes { get; init; } = 1;

    /// <summary>How many of the convolutions, counted from the first, also halve the time axis.</summary>
    [Range(0, 8)]
    public int TimeHalvings { get; init; } = 4;

    /// <summary>Hidden units of the attention that pools over time; 0 weights all frames equally.</summary>
    [Range(0, 1024)]
    public int Attention { get; init; } = 64;

    /// <summary>Dropout before the classifier.</summary>
    [Range(0, 0.9)]
    public double Dropout { get; init; } = 0.3;
}

/// <summary>A small convolutional network on the time-frequency plane: strided convolutions, attentive statistics pooling over time
/// (the frequency axis is kept apart, so that pitch and formant regions stay distinguishable), linear classifier.</summary>
public sealed class Cnn : EmotionModel
{
    private readonly ConvStack stack;
    private readonly StatisticsPool pool;
    private readonly Dropout drop;
    private readonly Linear classifier;

    /// <summary>A model with fresh weights.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="shape">Input width and classes.</param>
    /// <exception cref="ArgumentException">The values of a frame do not divide evenly into the planes.</exception>
    public Cnn(CnnOptions options, ModelShape shape) : base("cnn")
    {
        stack = new ConvStack(shape.Features, options.Planes, options.Channels, options.TimeHalvings);
        pool = new StatisticsPool(stack.Width, options.Attention);
        drop = nn.Dropout(options.Dropout);
        classifier = nn.Linear(2 * stack.Width, shape.Classes);
        RegisterComponents();
    }

    /// <summary>Number of values in such a model's state: parameters and buffers.</summary>
    internal static long Weights(CnnOptions options, ModelShape shape)
    {
        (long weights, long width) = ConvStack.Weights(shape.Features, options.Planes, options.Channels);
        return weights + StatisticsPool.Weights(width, options.Attention) + shape.Classes * (2 * width + 1);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor features, Tensor lengths)
    {
        using var scope = NewDisposeScope();
        Tensor x = stack.call(features, FrameMask.Of(lengths, features.shape[1], features));
        Tensor mask = FrameMask.Of(FrameMask.Strided(lengths, stack.TimeStride), x.shape[1], x);
        return classifier.call(drop.call(pool.call(x, mask))).MoveToOuterDisposeScope();
    }
}
