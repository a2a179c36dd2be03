using SpeechEmotion.Configuration;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>Cross-entropy with class weights, label smoothing and mixup (Zhang et al., 2018), or Keras's binary cross-entropy; and
/// that of further tasks.</summary>
/// <param name="options">Kind, smoothing, tasks and what these count.</param>
/// <param name="weights">(C) class weights on the device, or null.</param>
public sealed class Loss(TrainOptions options, Tensor? weights)
{
    private readonly IReadOnlyList<AuxiliaryTask> _tasks = AuxiliaryTask.Named(options.Tasks);

    /// <summary>Weights by inverse frequency with a mean of 1 over the clips of an epoch, or null for `none`. A class without
    /// a clip has weight 0.</summary>
    /// <param name="kind">`balanced` or `none`.</param>
    /// <param name="labels">Classes of the training clips.</param>
    /// <param name="chances">How likely each of them is to be in an epoch.</param>
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

    /// <summary>Keras's least distance of a probability from 0 and 1.</summary>
    private const double KerasEpsilon = 1e-7;

    /// <summary>The loss that training lowers.</summary>
    /// <param name="logits">(N, C), with tasks (N, C + their answers).</param>
    /// <param name="labels">(N), with tasks (N, 1 + tasks): the class first.</param>
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

    /// <summary>The loss of a mixed batch.</summary>
    /// <param name="logits">As above.</param>
    /// <param name="labels">Labels of the clips, as above.</param>
    /// <param name="others">Those of the clips mixed in.</param>
    /// <param name="share">Scalar share of the clips themselves, 0 to 1.</param>
    /// <returns>A scalar.</returns>
    public Tensor Of(Tensor logits, Tensor labels, Tensor others, Tensor share) =>
        (Of(logits, labels) * share) + (Of(logits, others) * (1 - share));

    private Tensor Emotion(Tensor logits, Tensor labels) => options.Loss == "binary"
        ? Binary(logits, labels)
        : nn.functional.cross_entropy(logits, labels, weights, label_smoothing: options.LabelSmoothing);

    /// <summary>The mean over the clips whose answer is known; 0 where none is, which torch's own mean would make not a number.</summary>
    private static Tensor Known(Tensor logits, Tensor labels) =>
        nn.functional.cross_entropy(logits, labels, ignore_index: AuxiliaryTask.Unknown, reduction: nn.Reduction.Sum)
        / labels.ne(AuxiliaryTask.Unknown).sum().clamp_min(1);

    /// <summary>binary_crossentropy on a softmax: the mean over clips and classes.</summary>
    private static Tensor Binary(Tensor logits, Tensor labels)
    {
        Tensor yes = nn.functional.one_hot(labels, logits.shape[1]).to(logits.dtype);
        return nn.functional.binary_cross_entropy(logits.softmax(1).clamp(KerasEpsilon, 1 - KerasEpsilon), yes);
    }
}
