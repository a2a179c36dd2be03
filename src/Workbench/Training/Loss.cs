using SpeechEmotion.Configuration;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>Cross-entropy with class weights, label smoothing and mixup (Zhang et al., 2018), or Keras's binary cross-entropy; plus the
/// cross-entropy of auxiliary tasks.</summary>
/// <param name="options">Kind of loss, label smoothing, auxiliary tasks and their weight.</param>
/// <param name="weights">(C) class weights on the device, or null.</param>
public sealed class Loss(TrainOptions options, Tensor? weights)
{
    private readonly IReadOnlyList<AuxiliaryTask> _tasks = AuxiliaryTask.Named(options.Tasks);

    /// <summary>Class weights by inverse frequency, with a mean of 1 over the clips of an epoch; null for `none`. A class without clips has
    /// weight 0.</summary>
    /// <param name="kind">`balanced` or `none`.</param>
    /// <param name="labels">Classes of the training clips.</param>
    /// <param name="chances">Probability that each clip is in an epoch, as <see cref="BatchOrder.Chances"/> gives it.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="device">Where the loss is computed.</param>
    /// <returns>(C) float32, or null.</returns>
    public static Tensor? Weights(string kind, IReadOnlyList<int> labels, IReadOnlyList<double> chances, int classes, Device device)
    {
        double[] clips = new double[classes];
        foreach ((int label, double chance) in labels.Zip(chances))
        {
            clips[label] += chance;
        }

        (float sum, int present) = ((float)clips.Sum(), clips.Count(n => n > 0));
        return kind == "none" ? null : tensor(clips.Select(n => n == 0 ? 0f : sum / (float)(present * n)).ToArray()).to(device);
    }

    /// <summary>Keras's epsilon: probabilities are clamped to at least this distance from 0 and 1.</summary>
    private const double KerasEpsilon = 1e-7;

    /// <summary>The training loss of a batch.</summary>
    /// <param name="logits">(N, C); with auxiliary tasks (N, C + the answers of all tasks).</param>
    /// <param name="labels">(N); with auxiliary tasks (N, 1 + tasks), the class first.</param>
    /// <returns>A scalar.</returns>
    public Tensor Of(Tensor logits, Tensor labels)
    {
        if (_tasks.Count == 0)
        {
            return Emotion(logits, labels);
        }

        long classes = logits.shape[1] - _tasks.Sum(t => t.Answers.Count), at = classes;
        Tensor loss = Emotion(logits.narrow(1, 0, classes), labels.select(1, 0));
        for (int i = 0; i < _tasks.Count; i++)
        {
            loss = loss + (Known(logits.narrow(1, at, _tasks[i].Answers.Count), labels.select(1, i + 1)) * options.TaskWeight);
            at += _tasks[i].Answers.Count;
        }

        return loss;
    }

    /// <summary>The loss of a batch mixed by mixup.</summary>
    /// <param name="logits">As above.</param>
    /// <param name="labels">Labels of the clips, as above.</param>
    /// <param name="others">Labels of the clips mixed in, as above.</param>
    /// <param name="share">Scalar share of the clips themselves, 0 to 1.</param>
    /// <returns>A scalar.</returns>
    public Tensor Of(Tensor logits, Tensor labels, Tensor others, Tensor share) =>
        (Of(logits, labels) * share) + (Of(logits, others) * (1 - share));

    private Tensor Emotion(Tensor logits, Tensor labels) => options.Loss == "binary"
        ? Binary(logits, labels)
        : nn.functional.cross_entropy(logits, labels, weights, label_smoothing: options.LabelSmoothing);

    /// <summary>Mean cross-entropy over the clips whose answer is known; 0 if none is, where torch's own mean would be NaN.</summary>
    private static Tensor Known(Tensor logits, Tensor labels) =>
        nn.functional.cross_entropy(logits, labels, ignore_index: AuxiliaryTask.Unknown, reduction: nn.Reduction.Sum)
        / labels.ne(AuxiliaryTask.Unknown).sum().clamp_min(1);

    /// <summary>Keras's binary_crossentropy on a softmax: the mean over clips and classes.</summary>
    private static Tensor Binary(Tensor logits, Tensor labels)
    {
        Tensor yes = nn.functional.one_hot(labels, logits.shape[1]).to(logits.dtype);
        return nn.functional.binary_cross_entropy(logits.softmax(1).clamp(KerasEpsilon, 1 - KerasEpsilon), yes);
    }
}
