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
    public IReadOnlyList<int> Hidden { get; init; } = [256, 128];

    /// <summary>Dropout after each hidden layer.</summary>
    [Range(0, 0.95)]
    public double Dropout { get; init; } = 0.4;
}

/// <summary>A perceptron on statistics over time: mean, deviation, least, largest and mean absolute step of each value, the functionals of classic
/// speech emotion recognition (Eyben et al., openSMILE, 2010). Exact on padded batches.</summary>
public sealed class Mlp : EmotionModel
{
    private const int Statistics = 5;
    private readonly BatchNorm1d scale;
    private readonly Sequential layers;

    /// <summary>Makes the network.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="shape">What it must fit.</param>
    public Mlp(MlpOptions options, ModelShape shape) : base("mlp")
    {
        int width = Statistics * shape.Features;
        scale = nn.BatchNorm1d(width);
        List<nn.Module<Tensor, Tensor>> parts = [];
        foreach (int units in options.Hidden)
        {
            parts.AddRange([nn.Linear(width, units), nn.BatchNorm1d(units), nn.ReLU(), nn.Dropout(options.Dropout)]);
            width = units;
        }

        layers = nn.Sequential([.. parts, nn.Linear(width, shape.Classes)]);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor features, Tensor lengths)
    {
        using DisposeScope scope = NewDisposeScope();
        return layers.call(scale.call(Summarise(features, lengths))).MoveToOuterDisposeScope();
    }

    private static Tensor Summarise(Tensor x, Tensor lengths)
    {
        long frames = x.shape[1];
        Tensor mask = Frames.Mask(lengths, frames, x).unsqueeze(2);
        Tensor padding = mask.eq(0);
        Tensor count = mask.sum(1);
        Tensor clean = x.masked_fill(padding, 0);
        Tensor mean = clean.sum(1) / count;
        Tensor deviation = (((clean - mean.unsqueeze(1)).pow(2) * mask).sum(1) / count + 1e-5).sqrt();
        Tensor least = x.masked_fill(padding, double.PositiveInfinity).amin([1]);
        Tensor most = x.masked_fill(padding, double.NegativeInfinity).amax([1]);
        Tensor step = frames > 1
            ? ((clean.narrow(1, 1, frames - 1) - clean.narrow(1, 0, frames - 1)).abs() * mask.narrow(1, 1, frames - 1)).sum(1) / (count - 1).clamp_min(1)
            : zeros_like(mean);
        return cat([mean, deviation, least, most, step], 1);
    }
}
