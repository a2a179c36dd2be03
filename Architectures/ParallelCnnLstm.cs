using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures;

/// <summary>Options of <see cref="ParallelCnnLstm"/>.</summary>
public sealed record ParallelCnnLstmOptions
{
    /// <summary>Channels after each 3 × 3 convolution; each convolution halves the frequency axis.</summary>
    [EachRange(1, 1024)]
    public IReadOnlyList<int> Channels { get; init; } = [16, 32, 64, 96];

    /// <summary>Input planes that the values of a frame are split into for the convolutions: 3 with `features.deltas`, else 1.</summary>
    [Range(1, 16)]
    public int Planes { get; init; } = 1;

    /// <summary>How many of the convolutions, counted from the first, also halve the time axis.</summary>
    [Range(0, 8)]
    public int TimeHalvings { get; init; } = 4;

    /// <summary>Adjacent frames that are stacked into one step of the LSTM.</summary>
    [Range(1, 32)]
    public int FramesPerStep { get; init; } = 3;

    /// <summary>Units of each direction of the LSTM.</summary>
    [Range(1, 2048)]
    public int Hidden { get; init; } = 64;

    /// <summary>Bidirectional layers.</summary>
    [Range(1, 8)]
    public int Layers { get; init; } = 2;

    /// <summary>Hidden units of the attention that pools each branch over time; 0 weights all frames equally.</summary>
    [Range(0, 1024)]
    public int Attention { get; init; } = 64;

    /// <summary>Dropout before the classifier and between LSTM layers.</summary>
    [Range(0, 0.9)]
    public double Dropout { get; init; } = 0.3;

    /// <summary>As in <see cref="LstmOptions.Precision"/>.</summary>
    [AllowedValues("float32", "bfloat16")]
    public string Precision { get; init; } = "float32";

    internal CnnOptions Cnn => new()
    {
        Channels = Channels,
        Planes = Planes,
        TimeHalvings = TimeHalvings,
        Attention = Attention,
        Dropout = Dropout,
    };

    internal LstmOptions Lstm => new()
    {
        FramesPerStep = FramesPerStep,
        Hidden = Hidden,
        Layers = Layers,
        Attention = Attention,
        Dropout = Dropout,
        Precision = Precision,
    };
}

/// <summary>Convolutions and a bidirectional LSTM in parallel on the same frames, each pooled over time separately, then one linear
/// classifier over both (<see cref="CnnLstm"/> puts them in series). A linear classifier over two vectors is the sum of one over each, so
/// this is a <see cref="Cnn"/> and an <see cref="Lstm"/> whose logits are added and which are trained together.</summary>
public sealed class ParallelCnnLstm : EmotionModel
{
    private readonly Cnn convolutions;
    private readonly Lstm recurrence;

    /// <summary>A model with fresh weights.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="shape">Input width and classes.</param>
    /// <exception cref="ArgumentException">The values of a frame do not divide evenly into the planes.</exception>
    public ParallelCnnLstm(ParallelCnnLstmOptions options, ModelShape shape) : base("parallel_cnn_lstm")
    {
        convolutions = new Cnn(options.Cnn, shape);
        recurrence = new Lstm(options.Lstm, shape);
        RegisterComponents();
    }

    /// <summary>Number of values in such a model's state: parameters and buffers.</summary>
    internal static long Weights(ParallelCnnLstmOptions options, ModelShape shape) =>
        Cnn.Weights(options.Cnn, shape) + Lstm.Weights(options.Lstm, shape);

    /// <inheritdoc/>
    public override Tensor forward(Tensor features, Tensor lengths)
    {
        using var scope = NewDisposeScope();
        return (convolutions.call(features, lengths) + recurrence.call(features, lengths)).MoveToOuterDisposeScope();
    }
}
