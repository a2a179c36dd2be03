using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Architectures.Blocks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures;

/// <summary>Options of <see cref="HierarchicalMlp"/>.</summary>
public sealed record HierarchicalMlpOptions
{
    /// <summary>Hidden units of each of the three networks.</summary>
    [Range(1, 65536)]
    public int Hidden { get; init; } = 300;
}

/// <summary>The published hierarchical model: three networks with one hidden layer and one logit each, like scikit-learn's binary
/// MLPClassifier. The first separates the first half of the classes (anger, happy) from the second (neutral, sad); each of the other two
/// chooses within one half. A class's probability is the product along its path, so the four sum to one, and their cross-entropy is the sum
/// of the losses of the networks on the path: those two learn only from clips of their own half. 3 × 58,501 = 175,503
/// parameters at 193-300-1.</summary>
public sealed class HierarchicalMlp : EmotionModel
{
    private const int Leaves = 4;
    private readonly ModuleList<Sequential> networks = nn.ModuleList<Sequential>();

    /// <summary>A model with fresh weights, drawn as scikit-learn draws them.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="shape">Input width, and four classes.</param>
    /// <exception cref="ArgumentException">The number of classes is not four, which is what two stages tell apart.</exception>
    public HierarchicalMlp(HierarchicalMlpOptions options, ModelShape shape) : base("hierarchical_mlp")
    {
        _ = Weights(options, shape); // Checks the number of classes.
        for (int i = 0; i < 3; i++)
        {
            networks.Add(nn.Sequential(
                KerasInit.SklearnLayer(shape.Features, options.Hidden), nn.ReLU(), KerasInit.SklearnLayer(options.Hidden, 1)));
        }

        RegisterComponents();
    }

    /// <summary>Number of values in such a model's state: parameters and buffers.</summary>
    internal static long Weights(HierarchicalMlpOptions options, ModelShape shape) => shape.Classes == Leaves
        ? 3 * ((shape.Features + 2L) * options.Hidden + 1)
        : throw new ArgumentException(
            $"model.name: 'hierarchical_mlp' tells four classes apart in two stages, not {shape.Classes}; "
            + "take labels of four classes (data.labels: four)");

    /// <summary>Scores a padded batch.</summary>
    /// <inheritdoc/>
    /// <returns>(N, 4) logarithms of probabilities that sum to one.</returns>
    public override Tensor forward(Tensor features, Tensor lengths)
    {
        using var scope = NewDisposeScope();
        Tensor x = MeanFrame.Of(features, lengths);
        Tensor half = networks[0].call(x), first = networks[1].call(x), second = networks[2].call(x);
        return cat(
            [
                No(half) + No(first), No(half) + Yes(first),
                Yes(half) + No(second), Yes(half) + Yes(second),
            ], 1).MoveToOuterDisposeScope();

        static Tensor Yes(Tensor logit) => nn.functional.logsigmoid(logit);
        static Tensor No(Tensor logit) => nn.functional.logsigmoid(-logit);
    }
}
