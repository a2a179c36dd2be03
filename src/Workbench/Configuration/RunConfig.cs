using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Architectures;
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

/// <summary>Which sound and which labels.</summary>
public sealed record DataOptions
{
    /// <summary>Folder with the corpora; null takes the built-in synthetic corpus.</summary>
    public string? Root { get; init; }

    /// <summary>Folder of a feature table in place of sound (f_EMOTION.csv and labels_EMOTION.csv), relative to <see cref="Root"/> where
    /// that is given; null takes sound.</summary>
    public string? Table { get; init; }

    /// <summary>Corpora to use; empty takes all that the folder holds.</summary>
    public IReadOnlyList<string> Corpora { get; init; } = [];

    /// <summary>Label set: a name under configs/labels or a path.</summary>
    public string Labels { get; init; } = "four";
}

/// <summary>Which utterances train, select and test.</summary>
public sealed record SplitOptions
{
    /// <summary>`merged` (RAVDESS's six published folds, with SAVEE's JE, KL, DC, JK on the test sides of the first four; TESS and CREMA-D
    /// only train), `ravdess` (the six published folds), `savee` (leave one speaker out), `grouped` (speakers are distributed over the
    /// folds; a corpus of one or two speakers is for training only, where there are larger ones), `corpora` (each corpus in turn is tested
    /// by a model trained on the others; <see cref="Folds"/> must be their number), `random` (speakers overlap); and, of the published
    /// feature table, the quarter that each notebook tested: `published` (flat MLP), `published_app` (hierarchical),
    /// `published_lstm`.</summary>
    [AllowedValues("merged", "ravdess", "savee", "grouped", "corpora", "random", "published", "published_app", "published_lstm")]
    public string Kind { get; init; } = "grouped";

    /// <summary>Number of folds of `grouped`, `corpora` and `random`; the published protocols have their own.</summary>
    [Range(2, 100)]
    public int Folds { get; init; } = 5;

    /// <summary>The fold that tests this run, from 0.</summary>
    [Range(0, 99)]
    public int Fold { get; init; }

    /// <summary>Share of the training side's speakers (in `random` and `published`, of its clips) that is held out for validation; at least
    /// one speaker. 0 holds out none and trains on all: the last epoch's weights are taken (train.select), with settings that were chosen
    /// before.</summary>
    [Range(0, 0.5)]
    public double Validation { get; init; } = 0.15;

    /// <summary>What is scored: `test`; `validation`, for choosing settings without touching the test side; or, for the `published` splits
    /// only, `all` rows including those of training, as the published hierarchical model was scored.</summary>
    [AllowedValues("test", "validation", "all")]
    public string Scored { get; init; } = "test";

    /// <summary>A saved split.json to use in place of all of the above but <see cref="Scored"/>.</summary>
    public string? File { get; init; }
}

/// <summary>The network: a catalog name and that architecture's own options record.</summary>
/// <param name="Name">Name in the model catalog: mlp, cnn, lstm, cnn_lstm, …</param>
/// <param name="Options">The architecture's options record; null takes its defaults.</param>
public sealed record ModelOptions(string Name, object? Options)
{
    /// <summary>Makes the network with fresh weights, as <see cref="ModelCatalog.Create"/> does.</summary>
    /// <param name="shape">Input width and outputs.</param>
    /// <exception cref="InputException">The architecture does not support these options with this front end or number of
    /// classes.</exception>
    public EmotionModel Create(ModelShape shape) => AsInput(() => ModelCatalog.Create(Name, Options, shape));

    /// <summary>Finds out, without libtorch, whether <see cref="Create"/> can make the network.</summary>
    /// <param name="shape">Input width and outputs.</param>
    /// <exception cref="InputException">It cannot.</exception>
    public void Check(ModelShape shape) => _ = AsInput(() => ModelCatalog.Weights(Name, Options, shape));

    private static T AsInput<T>(Func<T> of)
    {
        try
        {
            return of();
        }
        catch (ArgumentException e)
        {
            throw new InputException(e.Message, e);
        }
    }
}
