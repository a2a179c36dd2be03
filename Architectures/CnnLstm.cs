using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Architectures.Blocks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures;

/// <summary>Options of <see cref="CnnLstm"/>.</summary>
public sealed record CnnLstmOptions
{
    /// <summary>Channels after each 3 × 3 convolution; each convolution halves the frequency axis.</summary>
    [EachRange(1, 1024)]
    public IReadOnlyList<int> Channels { get; init; } = [16, 32, 48];

    /// <summary>Input planes that the values of a frame are split into, in order: 3 with `features.deltas`, so that the deltas are
    /// channels of the image (Piczak, MLSP 2015) and not additional bands; else 1.</summary>
    [Range(1, 16)]
    public int Planes { get; init; } = 1;

    /// <summary>How many of the convolutions, counted from the first, also halve the time axis.</summary>
    [Range(0, 8)]
    public int TimeHalvings { get; init; } = 2;

    /// <summary>Values per step that the convolutions' output is projected to before the LSTM.</summary>
    [Range(1, 2048)]
    public int Projection { get; init; } = 128;

    /// <summary>Units of each direction of the LSTM.</summary>
    [Range(1, 2048)]
    public int Hidden { get; init; } = 96;

    /// <summary>Bidirectional layers.</summary>
    [Range(1, 8)]
    public int Layers { get; init; } = 1;

    /// <summary>Hidden units of the attention that pools over time; 0 weights all steps equally.</summary>
    [Range(0, 1024)]
    public int Attention { get; init; } = 64;

    /// <summary>Dropout before the LSTM, between its layers and before the classifier.</summary>
    [Range(0, 0.9)]
    public double Dropout { get; init; } = 0.3;

    /// <summary>As in <see cref="LstmOptions.Precision"/>; here the LSTM is a third of the work.</summary>
    [AllowedValues("float32", "bfloat16")]
    public string Precision { get; init; } = "float32";
}

/// <summary>Strided convolutions find local patterns, a bidirectional LSTM models their order, attentive statistics pooling summarises them
/// (the arrangement of convolutional recurrent networks; Satt, Rozenberg and Hoory, Interspeech 2017).</summary>
public sealed class CnnLstm : EmotionModel
{
    private readonly ConvStack stack;
    private readonly Linear project;
    private readonly LayerNorm norm;
    private readonly BiLstm recurrent;
    private readonly StatisticsPool pool;
    private readonly Dropout drop;
    private readonly Linear classifier;

    /// <summary>A model with fresh weights.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="shape">Input width and classes.</param>
    /// <exception cref="ArgumentException">The values of a frame do not divide evenly into the planes.</exception>
    public CnnLstm(CnnLstmOptions options, ModelShape shape) : base("cnn_lstm")
    {
        stack = new ConvStack(shape.Features, options.Planes, options.Channels, options.TimeHalvings);
        project = nn.Linear(stack.Width, options.Projection);
        norm = nn.LayerNorm(options.Projection);
        recurrent = new BiLstm(options.Projection, options.Hidden, options.Layers, options.Dropout, options.Precision);
        pool = new StatisticsPool(2 * options.Hidden, options.Attention);
        drop = nn.Dropout(options.Dropout);
        classifier = nn.Linear(4 * options.Hidden, shape.Classes);
        RegisterComponents();
    }

    /// <summary>Number of values in such a model's state: parameters and buffers.</summary>
    internal static long Weights(CnnLstmOptions options, ModelShape shape)
    {
        (long weights, long width) = ConvStack.Weights(shape.Features, options.Planes, options.Channels);
        return weights + options.Projection * (width + 3) + BiLstm.Weights(options.Projection, options.Hidden, options.Layers)
            + StatisticsPool.Weights(2L * options.Hidden, options.Attention) + shape.Classes * (4L * options.Hidden + 1);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor features, Tensor lengths)
    {
        using var scope = NewDisposeScope();
        Tensor x = stack.call(features, FrameMask.Of(lengths, features.shape[1], features));
        Tensor steps = FrameMask.Strided(lengths, stack.TimeStride);
        x = recurrent.call(drop.call(norm.call(project.call(x)).relu_()), steps);
        return classifier.call(drop.call(pool.call(x, FrameMask.Of(steps, x.shape[1], x)))).MoveToOuterDisposeScope();
    }
}
