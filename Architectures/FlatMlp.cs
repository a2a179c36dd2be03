using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Architectures.Blocks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures;

/// <summary>Options of <see cref="FlatMlp"/>.</summary>
public sealed record FlatMlpOptions
{
    /// <summary>Hidden units.</summary>
    [Range(1, 65536)]
    public int Hidden { get; init; } = 300;
}

/// <summary>The published flat model: scikit-learn's MLPClassifier on one vector per clip, a hidden ReLU layer and a linear output layer;
/// 193-300-4 has 59,404 parameters.</summary>
public sealed class FlatMlp : EmotionModel
{
    private readonly Linear hidden;
    private readonly Linear output;

    /// <summary>A model with fresh weights, drawn as scikit-learn draws them.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="shape">Input width and classes.</param>
    public FlatMlp(FlatMlpOptions options, ModelShape shape) : base("flat_mlp")
    {
        hidden = KerasInit.SklearnLayer(shape.Features, options.Hidden);
        output = KerasInit.SklearnLayer(options.Hidden, shape.Classes);
        RegisterComponents();
    }

    /// <summary>Number of values in such a model's state: parameters and buffers.</summary>
    internal static long Weights(FlatMlpOptions options, ModelShape shape) =>
        (shape.Features + 1L) * options.Hidden + (options.Hidden + 1L) * shape.Classes;

    /// <inheritdoc/>
    public override Tensor forward(Tensor features, Tensor lengths)
    {
        using var scope = NewDisposeScope();
        return output.call(hidden.call(MeanFrame.Of(features, lengths)).relu()).MoveToOuterDisposeScope();
    }
}
