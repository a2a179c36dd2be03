using System.ComponentModel.DataAnnotations;

namespace SpeechEmotion.Configuration;

/// <summary>The training loop.</summary>
public sealed record TrainOptions
{
    /// <summary>Maximum number of epochs.</summary>
    [Range(1, 100000)]
    public int Epochs { get; init; } = 30;

    /// <summary>Clips per step.</summary>
    [Range(1, 65536)]
    public int BatchSize { get; init; } = 32;

    /// <summary>Maximum number of clips of one speaker in an epoch, drawn anew each epoch; 0 takes all. Keeps a corpus of few speakers and
    /// many clips from outweighing the rest. A model that is solved for (`rbf_network`) has no epochs and takes all clips.</summary>
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

    /// <summary>Adam's epsilon, which is added to the denominator: 1e-8 in torch and scikit-learn, 1e-7 in Keras.</summary>
    [Range(1e-12, 1)]
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Scikit-learn's `alpha`: half of this times the sum of squared weights (without biases), divided by the number of clips in
    /// the batch, is added to the loss. Not decoupled, unlike <see cref="WeightDecay"/>.</summary>
    [Range(0, 1000)]
    public double L2 { get; init; }

    /// <summary>Share of all steps in which the learning rate rises linearly to its peak; a cosine to zero follows. `constant` ignores
    /// it.</summary>
    [Range(0, 1)]
    public double WarmUp { get; init; } = 0.1;

    /// <summary>`cross_entropy`, or `binary`: binary cross-entropy of each class's probability by itself, as Keras's binary_crossentropy on
    /// a softmax, without class weights or label smoothing.</summary>
    [AllowedValues("cross_entropy", "binary")]
    public string Loss { get; init; } = "cross_entropy";

    /// <summary>Label smoothing of the cross-entropy.</summary>
    [Range(0, 0.9)]
    public double LabelSmoothing { get; init; } = 0.05;

    /// <summary>`balanced` weighs classes by inverse frequency, `none` does not.</summary>
    [AllowedValues("balanced", "none")]
    public string ClassWeights { get; init; } = "balanced";

    /// <summary>A second label set with more to learn from than <see cref="DataOptions.Labels"/>, or null. Clips that only this set
    /// includes join the training side if their speaker is on it or on no side. Classes that only this set has are outputs in training;
    /// nothing of them remains in the trained model.</summary>
    public string? Labels { get; init; }

    /// <summary>Further tasks of the network besides the emotion, in training only (multi-task learning): `sex` of the speaker, and
    /// `intensity` (normal or strong) where the corpus gives it, as RAVDESS does. Nothing of them remains in the trained model.</summary>
    [AllowedValues("sex", "intensity")]
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>Weight of the loss of each of the <see cref="Tasks"/>; that of the emotion has 1.</summary>
    [Range(0, 10)]
    public double TaskWeight { get; init; } = 0.3;

    /// <summary>Largest gradient norm; 0 does not clip.</summary>
    [Range(0, 1e6)]
    public double ClipNorm { get; init; } = 1;

    /// <summary>Decay per step of the running average of the weights, which validation, checkpoints and test use; 0 uses the weights
    /// themselves.</summary>
    [Range(0, 0.99999)]
    public double Average { get; init; }

    /// <summary>Epochs without a better validation UAR before training stops; 0 never stops early.</summary>
    [Range(0, 100000)]
    public int Patience { get; init; } = 10;

    /// <summary>Epochs that the training loss may go without falling by 1e-4 before training stops, as scikit-learn's n_iter_no_change; 0
    /// never stops.</summary>
    [Range(0, 100000)]
    public int LossPatience { get; init; }

    /// <summary>`best` takes the weights of the best validation UAR, `last` those of the last epoch.</summary>
    [AllowedValues("best", "last")]
    public string Select { get; init; } = "best";

    /// <summary>False scores clip by clip in training mode, with dropout and each clip's own batch statistics, as a script that never calls
    /// eval() does.</summary>
    public bool Eval { get; init; } = true;

    /// <summary>Normalisation of the features: `global` (mean and standard deviation of each value, fitted on training clips), `clip` (each
    /// clip's own), `clip_mean` (each clip's own mean, and the training clips' standard deviation about their own means), `speaker` (mean
    /// and standard deviation of all clips of the speaker, labels unseen: needs several clips of each speaker) or `none`.</summary>
    [AllowedValues("global", "clip", "clip_mean", "speaker", "none")]
    public string Normalise { get; init; } = "global";

    /// <summary>Allows TF32 products on GPUs that have them; recorded with the run.</summary>
    public bool Tf32 { get; init; }
}
