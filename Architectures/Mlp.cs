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

    /// <summary>Dropout of the statistics themselves.</summary>
    [Range(0, 0.9)]
    public double InputDropout { get; init; }

    /// <summary>Percentiles over time, such as [10, 25, 50, 75, 90], in place of the extremes, which one stray frame decides; empty takes the extremes.</summary>
    [Percentiles]
    public IReadOnlyList<int> Percentiles { get; init; } = [];
}

/// <summary>A list of at most 32 percentiles, 0 to 100; it may be empty.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PercentilesAttribute() : ValidationAttribute("{0} must be a list of up to 32 numbers, each 0 to 100")
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is IReadOnlyList<int> { Count: <= 32 } list && list.All(v => v is >= 0 and <= 100);
}

/// <summary>Statistics of each value over time (mean, deviation, mean step between frames, and least and largest or percentiles), batch-normalised, then
/// hidden layers (linear, layer normalisation, ReLU, dropout). What is left without the order of frames: the baseline that the others must
/// beat. A clip of one frame (a plain feature vector) works too.</summary>
public sealed class Mlp : EmotionModel
{
    private const int Plain = 3;
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
        int width = Count(options) * shape.Features;
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

    /// <summary>Values of such a model's state.</summary>
    internal static long Weights(MlpOptions options, ModelShape shape)
    {
        long width = Count(options) * (long)shape.Features, weights = MaskedBatchNorm.Weights(width);
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
        Tensor x = Statistics(features, lengths);
        x = norm.call(x.unsqueeze(-1).unsqueeze(-1), ones(x.shape[0], 1, x.dtype, x.device)).flatten(1);
        return layers.call(blank?.call(x) ?? x).MoveToOuterDisposeScope();
    }

    private static int Count(MlpOptions options) => Plain + (options.Percentiles.Count > 0 ? options.Percentiles.Count : 2);

    /// <summary>(N, T, F) to (N, S F), S statistics.</summary>
    internal Tensor Statistics(Tensor features, Tensor lengths)
    {
        Tensor mask = FrameMask.Of(lengths, features.shape[1], features);
        Tensor x = FrameMask.Clear(features, mask);
        Tensor frames = mask.unsqueeze(-1);
        Tensor padding = frames.eq(0);
        Tensor count = frames.sum(1);
        Tensor mean = x.sum(1) / count;
        Tensor deviation = (((x - mean.unsqueeze(1)).square() * frames).sum(1) / count).clamp_min(1e-5).sqrt();
        long steps = x.shape[1] - 1;
        Tensor step = ((x.narrow(1, 1, steps) - x.narrow(1, 0, steps)).abs() * frames.narrow(1, 1, steps)).sum(1) / (count - 1).clamp_min(1);
        return cat([mean, deviation, Order(x, padding, count), step], 1);
    }

    /// <summary>Least and largest value, or percentiles by linear interpolation (NumPy's default).</summary>
    private Tensor Order(Tensor x, Tensor padding, Tensor count)
    {
        if (percentiles.Count == 0)
        {
            return cat([x.masked_fill(padding, double.PositiveInfinity).amin(1), x.masked_fill(padding, double.NegativeInfinity).amax(1)], 1);
        }

        // Padding sorts behind all sound.
        Tensor sorted = x.masked_fill(padding, float.MaxValue).sort(1).Values;
        Tensor shares = tensor(percentiles.Select(p => p / 100f).ToArray(), device: x.device);
        Tensor place = (count - 1) * shares; // (N, P)
        Tensor below = place.floor(), part = (place - below).unsqueeze(-1);
        Tensor low = At(below), high = At((below + 1).minimum(count - 1));
        return low.lerp(high, part).flatten(1);

        Tensor At(Tensor places) => sorted.gather(1, places.to(ScalarType.Int64).unsqueeze(-1).expand(-1, -1, x.shape[2]));
    }
}
