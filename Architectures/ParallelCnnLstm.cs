using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Architectures.Blocks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures;

/// <summary>Options of <see cref="ParallelCnnLstm"/>.</summary>
public sealed record ParallelCnnLstmOptions
{
    /// <summary>Channels after each 3 × 3 convolution; every one halves the frequency.</summary>
    [EachRange(1, 1024)]
    public IReadOnlyList<int> Channels { get; init; } = [16, 32, 64, 96];

    /// <summary>Planes that the values of a frame stand for, as in <see cref="CnnOptions.Planes"/>.</summary>
    [Range(1, 16)]
    public int Planes { get; init; } = 1;

    /// <summary>How many of the convolutions, from the first, halve the time.</summary>
    [Range(0, 8)]
    public int TimeHalvings { get; init; } = 3;

    /// <summary>Neighbouring frames that make one step of the recurrence.</summary>
    [Range(1, 32)]
    public int FramesPerStep { get; init; } = 3;

    /// <summary>Units of each direction of the LSTM.</summary>
    [Range(1, 2048)]
    public int Hidden { get; init; } = 128;

    /// <summary>Bidirectional layers.</summary>
    [Range(1, 8)]
    public int Layers { get; init; } = 2;

    /// <summary>Hidden units of the attention that pools each branch over time; 0 weights all steps equally.</summary>
    [Range(0, 1024)]
    public int Attention { get; init; } = 64;

    /// <summary>Dropout between layers of the LSTM and before the classifier.</summary>
    [Range(0, 0.9)]
    public double Dropout { get; init; } = 0.5;
}

/// <summary><see cref="Cnn"/> and <see cref="Lstm"/> side by side on the same frames: each branch is pooled over time by itself, and one linear classifier sees
/// both. In <see cref="CnnLstm"/> the recurrence sees what the convolutions leave of the frames; here it sees the frames.</summary>
public sealed class ParallelCnnLstm : EmotionModel
{
    private readonly ConvStack stack;
    private readonly StatisticsPool seen;
    private readonly BiLstm recurrent;
    private readonly StatisticsPool heard;
    private readonly Dropout drop;
    private readonly Linear classifier;
    private readonly int framesPerStep;

    /// <summary>A model with fresh weights.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="shape">Input width and classes.</param>
    public ParallelCnnLstm(ParallelCnnLstmOptions options, ModelShape shape) : base("parallel_cnn_lstm")
    {
        framesPerStep = options.FramesPerStep;
        stack = new ConvStack(shape.Features, options.Planes, options.Channels, options.TimeHalvings);
        seen = new StatisticsPool(stack.Width, options.Attention);
        recurrent = new BiLstm(shape.Features * framesPerStep, options.Hidden, options.Layers, options.Dropout);
        heard = new StatisticsPool(2 * options.Hidden, options.Attention);
        drop = nn.Dropout(options.Dropout);
        classifier = nn.Linear(2 * stack.Width + 4 * options.Hidden, shape.Classes);
        RegisterComponents();
    }

    /// <summary>Values of such a model's state.</summary>
    internal static long Weights(ParallelCnnLstmOptions options, ModelShape shape)
    {
        (long weights, long width) = ConvStack.Weights(shape.Features, options.Planes, options.Channels);
        return weights + StatisticsPool.Weights(width, options.Attention)
            + BiLstm.Weights((long)shape.Features * options.FramesPerStep, options.Hidden, options.Layers)
            + StatisticsPool.Weights(2L * options.Hidden, options.Attention) + shape.Classes * (2 * width + 4L * options.Hidden + 1);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor features, Tensor lengths)
    {
        using var scope = NewDisposeScope();
        Tensor mask = FrameMask.Of(lengths, features.shape[1], features);
        Tensor planes = stack.call(features, mask);
        Tensor left = seen.call(planes, FrameMask.Of(FrameMask.Strided(lengths, stack.TimeStride), planes.shape[1], planes));
        Tensor steps = FrameMask.Strided(lengths, framesPerStep);
        Tensor read = recurrent.call(FrameMask.Stacked(FrameMask.Clear(features, mask), framesPerStep), steps);
        Tensor right = heard.call(read, FrameMask.Of(steps, read.shape[1], read));
        return classifier.call(drop.call(cat([left, right], 1))).MoveToOuterDisposeScope();
    }
}
