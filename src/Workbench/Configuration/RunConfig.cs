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
    [RegularExpression("auto|cpu|cuda(:[0-9]+)?", ErrorMessage = "auto, cpu, cuda or cuda:N")]
    public string Device { get; init; } = "auto";

    /// <summary>Torch threads on the CPU; 0 means one a core.</summary>
    [Range(0, 256)]
    public int Threads { get; init; }

    /// <summary>Seed of everything random: weights, order, augmentation, dropout.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; init; } = 1;
}

/// <summary>Which sound and which labels.</summary>
public sealed record DataOptions
{
    /// <summary>Folder with the corpora; null takes the built-in synthetic corpus.</summary>
    public string? Root { get; init; }

    /// <summary>Folder of a feature table in place of sound (f_EMOTION.csv and labels_EMOTION.csv), relative to <see cref="Root"/> where that is given; null
    /// takes sound.</summary>
    public string? Table { get; init; }

    /// <summary>Corpora to use; empty takes all that the folder holds.</summary>
    public IReadOnlyList<string> Corpora { get; init; } = [];

    /// <summary>Label set: a name under configs/labels or a path.</summary>
    public string Labels { get; init; } = "four";
}

/// <summary>Which utterances train, select and test.</summary>
public sealed record SplitOptions
{
    /// <summary>`merged` (RAVDESS's six published folds, SAVEE's JE, KL, DC, JK on the test side of the first four, TESS and CREMA-D training only),
    /// `ravdess` (the six published folds), `savee` (leave one speaker out), `grouped` (speakers dealt to folds), `corpora` (each corpus tested in turn by what the
    /// others teach; folds is their number), `random` (speakers overlap), and of the
    /// published feature table the quarter that each notebook tested: `published` (flat MLP), `published_app` (hierarchical), `published_lstm`.</summary>
    [AllowedValues("merged", "ravdess", "savee", "grouped", "corpora", "random", "published", "published_app", "published_lstm")]
    public string Kind { get; init; } = "grouped";

    /// <summary>Number of folds of `grouped`, `corpora` and `random`; the published protocols have their own.</summary>
    [Range(2, 100)]
    public int Folds { get; init; } = 5;

    /// <summary>The fold that tests this run, from 0.</summary>
    [Range(0, 99)]
    public int Fold { get; init; }

    /// <summary>Share of the training side's speakers (of its clips in `random` and `published`) that validate; at least one speaker. 0 validates on
    /// nothing and trains on all: the last epoch is taken (train.select), by settings that were chosen before.</summary>
    [Range(0, 0.5)]
    public double Validation { get; init; } = 0.15;

    /// <summary>What is scored: `test`; `validation`, which leaves the test side untouched, for choosing settings; of the `published` splits also `all` rows
    /// with those of training, as the published hierarchical model was scored.</summary>
    [AllowedValues("test", "validation", "all")]
    public string Scored { get; init; } = "test";

    /// <summary>A saved split.json to use in place of all of the above.</summary>
    public string? File { get; init; }
}

/// <summary>The network: a catalog name and that architecture's own options record.</summary>
/// <param name="Name">Name in the model catalog: mlp, cnn, lstm, cnn_lstm, …</param>
/// <param name="Options">The architecture's options record; null takes its defaults.</param>
public sealed record ModelOptions(string Name, object? Options);

/// <summary>The training loop.</summary>
public sealed record TrainOptions
{
    /// <summary>Most epochs.</summary>
    [Range(1, 100000)]
    public int Epochs { get; init; } = 30;

    /// <summary>Clips a step.</summary>
    [Range(1, 65536)]
    public int BatchSize { get; init; } = 32;

    /// <summary>Most clips of one speaker in an epoch, drawn anew each epoch; 0 takes all. Keeps a corpus of few speakers and many clips from outweighing the rest.</summary>
    [Range(0, 1000000)]
    public int ClipsPerSpeaker { get; init; }

    /// <summary>Peak learning rate of AdamW.</summary>
    [Range(1e-8, 10)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Decoupled weight decay of AdamW.</summary>
    [Range(0, 10)]
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>`cosine` (warm-up, then down to zero) or `constant`.</summary>
    [AllowedValues("cosine", "constant")]
    public string Schedule { get; init; } = "cosine";

    /// <summary>Adam's addend to the denominator: 1e-8 in torch and scikit-learn, 1e-7 in Keras.</summary>
    [Range(1e-12, 1)]
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Scikit-learn's `alpha`: half of this times the squared weights (no offsets), divided by the batch's clips, is added to the loss. Not
    /// decoupled, unlike <see cref="WeightDecay"/>.</summary>
    [Range(0, 1000)]
    public double L2 { get; init; }

    /// <summary>Share of all steps that warm the learning rate up linearly; a cosine to zero follows.</summary>
    [Range(0, 1)]
    public double WarmUp { get; init; } = 0.1;

    /// <summary>`cross_entropy`, or `binary`: each class's probability by itself against yes or no, as Keras's binary_crossentropy on a softmax.</summary>
    [AllowedValues("cross_entropy", "binary")]
    public string Loss { get; init; } = "cross_entropy";

    /// <summary>Label smoothing of the cross-entropy.</summary>
    [Range(0, 0.9)]
    public double LabelSmoothing { get; init; } = 0.05;

    /// <summary>`balanced` weighs classes by inverse frequency, `none` does not.</summary>
    [AllowedValues("balanced", "none")]
    public string ClassWeights { get; init; } = "balanced";

    /// <summary>Largest gradient norm; 0 does not clip.</summary>
    [Range(0, 1e6)]
    public double ClipNorm { get; init; } = 1;

    /// <summary>Decay a step of the running average of the weights, which is what validation, checkpoints and test see; 0 takes the weights themselves.</summary>
    [Range(0, 0.99999)]
    public double Average { get; init; }

    /// <summary>Epochs without a better validation UAR before training stops; 0 never stops early.</summary>
    [Range(0, 100000)]
    public int Patience { get; init; } = 10;

    /// <summary>Epochs that the training loss may go on without falling by 1e-4 before training stops, as scikit-learn's n_iter_no_change; 0 never stops.</summary>
    [Range(0, 100000)]
    public int LossPatience { get; init; }

    /// <summary>`best` takes the weights of the best validation UAR, `last` those of the last epoch.</summary>
    [AllowedValues("best", "last")]
    public string Select { get; init; } = "best";

    /// <summary>False scores clip by clip in training mode, with dropout and each clip's own batch statistics: what a script does that never calls eval().</summary>
    public bool Eval { get; init; } = true;

    /// <summary>Normalisation of the features: `global` (mean and deviation of each value, fitted on training clips), `clip` (each clip's own),
    /// `clip_mean` (each clip's own mean, and the training clips' deviation about theirs), `speaker` (those of all clips of its speaker, labels unseen: needs
    /// several clips of a speaker) or `none`.</summary>
    [AllowedValues("global", "clip", "clip_mean", "speaker", "none")]
    public string Normalise { get; init; } = "global";

    /// <summary>Allows TF32 products on GPUs that have them; recorded with the run.</summary>
    public bool Tf32 { get; init; }
}

/// <summary>Augmentation of training clips, after the split. Zeros are off.</summary>
public sealed record AugmentOptions
{
    /// <summary>Adds this many altered copies of each training clip before training (the published recipe is 1, with noise, shift, pitch and stretch).</summary>
    [Range(0, 20)]
    public int Copies { get; init; }

    /// <summary>Copies get white noise at a signal-to-noise ratio drawn from this many dB up to 20 dB more; 0 adds none.</summary>
    [Range(0, 100)]
    public double NoiseDb { get; init; }

    /// <summary>Copies are shifted in time by up to this many seconds.</summary>
    [Range(0, 5)]
    public double ShiftSeconds { get; init; }

    /// <summary>Copies are shifted in pitch by up to this many semitones, duration kept.</summary>
    [Range(0, 12)]
    public double PitchSemitones { get; init; }

    /// <summary>Copies are stretched in time by up to this share (0.1: factor 0.9 to 1.1), pitch kept.</summary>
    [Range(0, 0.5)]
    public double Stretch { get; init; }

    /// <summary>Gain of up to this many dB either way, drawn each time a clip is seen.</summary>
    [Range(0, 40)]
    public double GainDb { get; init; }

    /// <summary>Frequencies of a clip are scaled by a factor of up to 1 plus this, either way, drawn each time a clip is seen; log-mel features only.</summary>
    [Range(0, 0.5)]
    public double Warp { get; init; }

    /// <summary>Frames of a clip are read by a factor of up to 1 plus this faster or slower, drawn each time a clip is seen.</summary>
    [Range(0, 0.5)]
    public double Tempo { get; init; }

    /// <summary>SpecAugment: widest band of mel channels set to the mean, drawn twice each time a clip is seen.</summary>
    [Range(0, 128)]
    public int FrequencyMask { get; init; }

    /// <summary>SpecAugment: longest run of frames set to the mean, drawn twice each time a clip is seen.</summary>
    [Range(0, 1000)]
    public int TimeMask { get; init; }

    /// <summary>Mixup's Beta(α, α); 0 does not mix.</summary>
    [Range(0, 10)]
    public double Mixup { get; init; }
}
