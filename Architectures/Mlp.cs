using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Architectures.Blocks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures;

/// <summary>Options of <see cref="Mlp"/>.</summary>
public sealed record MlpOptions
{
    /// <summary>Units of each hidden layer.</summary>
    [EachRange(1, 4096)]
    public IReadOnlyList<int> Hidden { get; init; } = [256, 128];

    /// <summary>Dropout after each hidden layer.</summary>
    [Range(0, 0.9)]
    public double Dropout { get; init; } = 0.4;

    /// <summary>Dropout of the input statistics.</summary>
    [Range(0, 0.9)]
    public double InputDropout { get; init; }

    /// <summary>Percentiles over time, such as [10, 25, 50, 75, 90], in place of minimum and maximum, which a single outlier frame
    /// decides; if empty, minimum and maximum.</summary>
    [EachRange(0, 100, MayBeEmpty = true)]
    public IReadOnlyList<int> Percentiles { get; init; } = [];
}

/// <summary>Statistics of each value over time (mean, deviation, mean absolute step between frames, and minimum and maximum or
/// percentiles), batch-normalised, then hidden layers (linear, layer normalisation, ReLU, dropout). The baseline that the other
/// architectures must beat: apart from the mean step, it ignores the order of frames. A clip of one frame (a plain feature vector) works
/// too.</summary>
public sealed class Mlp : EmotionModel
{
    private readonly IReadOnlyList<int> percentiles;
    private readonly Dropout? blank;
    private readonly MaskedBatchNorm norm;
    private readonly Sequential layers;

    /// <summary>A model with fresh weights.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="shape">Input width and classes.</param>
    public Mlp(MlpOptions options, ModelShape shape) : base("mlp")
    {
        percentiles = options.Percentiles;
        int width = ClipStatistics.Count(percentiles) * shape.Features;
        blank = options.InputDropout > 0 ? nn.Dropout(options.InputDropout) : null;
        norm = new MaskedBatchNorm(width);
        layers = nn.Sequential();
        foreach (int units in options.Hidden)
        {
            layers.append(nn.Linear(width, units)).append(nn.LayerNorm(units)).append(nn.ReLU()).append(nn.Dropout(options.Dropout));
            width = units;
        }

        layers.append(nn.Linear(width, shape.Classes));
        RegisterComponents();
    }

    /// <summary>Number of values in such a model's state: parameters and buffers.</summary>
    internal static long Weights(MlpOptions options, ModelShape shape)
    {
        long width = ClipStatistics.Count(options.Percentiles) * (long)shape.Features, weights = MaskedBatchNorm.Weights(width);
        foreach (int units in options.Hidden)
        {
            weights += units * (width + 1) + 2 * units;
            width = units;
        }

        return weights + shape.Classes * (width + 1);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor features, Tensor lengths)
    {
        using var scope = NewDisposeScope();
        Tensor x = ClipStatistics.Of(features, lengths, percentiles);
        x = norm.call(x.unsqueeze(-1).unsqueeze(-1), ones(x.shape[0], 1, x.dtype, x.device)).flatten(1);
        return layers.call(blank?.call(x) ?? x).MoveToOuterDisposeScope();
    }
}
