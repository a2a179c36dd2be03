using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Features;

namespace SpeechEmotion.Configuration;

/// <summary>One run, resolved and validated. In YAML the keys are these names in snake_case.</summary>
public sealed record RunConfig
{
    /// <summary>Which sound and which labels.</summary>
    public DataOptions Data { get; init; } = new();

    /// <summary>Which utterances train, select and test.</summary>
    public SplitOptions Split { get; init; } = new();

    /// <summary>The front end.</summary>
    public FeatureOptions Features { get; init; } = new();

    /// <summary>The network.</summary>
    public ModelOptions Model { get; init; } = new("cnn", null);

    /// <summary>The training loop.</summary>
    public TrainOptions Train { get; init; } = new();

    /// <summary>Augmentation of training clips; everything is off by default.</summary>
    public AugmentOptions Augment { get; init; } = new();

    /// <summary>`auto`, `cpu`, `cuda` or `cuda:N`.</summary>
    [RegularExpression("auto|cpu|cuda(:[0-9]{1,3})?", ErrorMessage = "auto, cpu, cuda or cuda:N")]
    public string Device { get; init; } = "auto";

    /// <summary>Torch threads on the CPU; 0 means one per core.</summary>
    [Range(0, 256)]
    public int Threads { get; init; }

    /// <summary>Seed of everything random: weights, order, augmentation, dropout, the choice of the validation side, and the folds of
    /// `grouped` and `random`.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; init; } = 1;
}
