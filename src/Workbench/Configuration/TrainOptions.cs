using System.ComponentModel.DataAnnotations;

namespace SpeechEmotion.Configuration;

/// <summary>The training loop.</summary>
public sealed record TrainOptions
{
    /// <summary>Most epochs.</summary>
    [Range(1, 100000)]
    public int Epochs { get; init; } = 30;

    /// <summary>Clips a step.</summary>
    [Range(1, 65536)]
    public int BatchSize { get; init; } = 32;

    /// <summary>Most clips of one speaker in an epoch, drawn anew each epoch; 0 takes all. Keeps a corpus of few speakers and many clips
    /// from outweighing the rest. A model that is solved for (`rbf_network`) has no epochs and takes all clips.</summary>
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

    /// <summary>Scikit-learn's `alpha`: half of this times the squared weights (no offsets), divided by the batch's clips, is added to the
    /// loss. Not decoupled, unlike <see cref="WeightDecay"/>.</summary>
    [Range(0, 1000)]
    public double L2 { get; init; }

    /// <summary>Share of all steps that warm the learning rate up linearly; a cosine to zero follows.</summary>
    [Range(0, 1)]
    public double WarmUp { get; init; } = 0.1;

    /// <summary>`cross_entropy`, or `binary`: each class's probability by itself against yes or no, as Keras's binary_crossentropy on a
    /// softmax, without class weights or smoothing.</summary>
    [AllowedValues("cross_entropy", "binary")]
    public string Loss { get; init; } = "cross_entropy";

    /// <summary>Label smoothing of the cross-entropy.</summary>
    [Range(0, 0.9)]
    public double LabelSmoothing { get; init; } = 0.05;

    /// <summary>`balanced` weighs classes by inverse frequency, `none` does not.</summary>
    [AllowedValues("balanced", "none")]
    public string ClassWeights { get; init; } = "balanced";

    /// <summary>A label set with more to learn from than <see cref="DataOptions.Labels"/> asks for, or null. Clips that only it takes in
    /// train beside the others: those of speakers who train, and of speakers who are on no side. Classes that only it has are outputs in
    /// training, and nothing of them is left in the trained model.</summary>
    public string? Labels { get; init; }

    /// <summary>What else the network is to tell beside the emotion, in training only (multi-task learning): `sex` of the speaker, and
    /// `intensity` (normal or strong) where the corpus says it, as RAVDESS does. Nothing of it is left in the trained model.</summary>
    [AllowedValues("sex", "intensity")]
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>What the loss of each of the <see cref="Tasks"/> counts beside that of the emotion.</summary>
    [Range(0, 10)]
    public double TaskWeight { get; init; } = 0.3;

    /// <summary>Largest gradient norm; 0 does not clip.</summary>
    [Range(0, 1e6)]
    public double ClipNorm { get; init; } = 1;

    /// <summary>Decay a step of the running average of the weights, which is what validation, checkpoints and test see; 0 takes
    /// the weights themselves.</summary>
    [Range(0, 0.99999)]
    public double Average { get; init; }

    /// <summary>Epochs without a better validation UAR before training stops; 0 never stops early.</summary>
    [Range(0, 100000)]
    public int Patience { get; init; } = 10;

    /// <summary>Epochs that the training loss may go on without falling by 1e-4 before training stops, as scikit-learn's
    /// n_iter_no_change; 0 never stops.</summary>
    [Range(0, 100000)]
    public int LossPatience { get; init; }

    /// <summary>`best` takes the weights of the best validation UAR, `last` those of the last epoch.</summary>
    [AllowedValues("best", "last")]
    public string Select { get; init; } = "best";

    /// <summary>False scores clip by clip in training mode, with dropout and each clip's own batch statistics: what a script does
    /// that never calls eval().</summary>
    public bool Eval { get; init; } = true;

    /// <summary>Normalisation of the features: `global` (mean and deviation of each value, fitted on training clips), `clip` (each clip's
    /// own), `clip_mean` (each clip's own mean, and the training clips' deviation about theirs), `speaker` (those of all clips of its
    /// speaker, labels unseen: needs several clips of a speaker) or `none`.</summary>
    [AllowedValues("global", "clip", "clip_mean", "speaker", "none")]
    public string Normalise { get; init; } = "global";

    /// <summary>Allows TF32 products on GPUs that have them; recorded with the run.</summary>
    public bool Tf32 { get; init; }
}
