using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Architectures.Blocks;
using TorchSharp;
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
}

/// <summary>Five statistics of each value over time (mean, deviation, least, largest, mean step between frames), batch-normalised, then
/// hidden layers (linear, layer normalisation, ReLU, dropout). What is left without the order of frames: the baseline that the others must
/// beat. A clip of one frame (a plain feature vector) works too.</summary>
public sealed class Mlp : EmotionModel
{
    private const int Statistics = 5;
    private readonly MaskedBatchNorm norm;
    private readonly Sequential layers;

    /// <summary>A model with fresh weights.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="shape">Input width and classes.</param>
    public Mlp(MlpOptions options, ModelShape shape) : base("mlp")
    {
        int width = Statistics * shape.Features;
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

    /// <summary>Values of such a model's state.</summary>
    internal static long Weights(MlpOptions options, ModelShape shape)
    {
        long width = Statistics * (long)shape.Features, weights = MaskedBatchNorm.Weights(width);
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
        Tensor x = Summary(features, FrameMask.Of(lengths, features.shape[1], features));
        x = norm.call(x.unsqueeze(-1).unsqueeze(-1), ones(x.shape[0], 1, x.dtype, x.device)).flatten(1);
        return layers.call(x).MoveToOuterDisposeScope();
    }

    /// <summary>(N, T, F) to (N, 5 F).</summary>
    private static Tensor Summary(Tensor features, Tensor mask)
    {
        Tensor x = FrameMask.Clear(features, mask);
        Tensor frames = mask.unsqueeze(-1);
        Tensor padding = frames.eq(0);
        Tensor count = frames.sum(1);
        Tensor mean = x.sum(1) / count;
        Tensor deviation = (((x - mean.unsqueeze(1)).square() * frames).sum(1) / count).clamp_min(1e-5).sqrt();
        Tensor least = x.masked_fill(padding, double.PositiveInfinity).amin(1);
        Tensor largest = x.masked_fill(padding, double.NegativeInfinity).amax(1);
        long steps = x.shape[1] - 1;
        Tensor step = ((x.narrow(1, 1, steps) - x.narrow(1, 0, steps)).abs() * frames.narrow(1, 1, steps)).sum(1) / (count - 1).clamp_min(1);
        return cat([mean, deviation, least, largest, step], 1);
    }
}
