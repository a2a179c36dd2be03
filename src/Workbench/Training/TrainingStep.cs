using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>One step of training: augment, forward, loss, backward, clip, update.</summary>
/// <param name="config">Loss, clipping and augmentation.</param>
/// <param name="model">The model, in training mode.</param>
/// <param name="optimiser">Updates the model's parameters.</param>
/// <param name="loss">The loss.</param>
/// <param name="augment">Alters each batch.</param>
internal sealed class TrainingStep(RunConfig config, EmotionModel model, AdamW optimiser, Loss loss, BatchAugment augment)
{
    /// <summary>Performs the step.</summary>
    /// <param name="clips">The clips of the training side.</param>
    /// <param name="batch">Indices of the batch's clips.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="sum">(1) on the device; the loss is added to it there, so that the host does not wait for the device.</param>
    public void Take(ClipSet clips, IReadOnlyList<int> batch, double rate, Tensor sum)
    {
        foreach (optim.ILearningRateController group in optimiser.ParamGroups)
        {
            group.LearningRate = rate;
        }

        using DisposeScope scope = NewDisposeScope();
        Batch altered = augment.Apply(clips.Gather(batch));
        optimiser.zero_grad();
        Tensor value = config.Augment.Mixup > 0
            ? Mixed(altered)
            : loss.Of(model.forward(altered.Features, altered.Lengths), altered.Labels);
        if (config.Train.L2 > 0)
        {
            Tensor squares = model.parameters().Where(p => p.dim() > 1).Select(p => p.square().sum()).Aggregate((a, b) => a + b);
            value = value + (squares * (config.Train.L2 / 2 / batch.Count));
        }

        value.backward();
        if (config.Train.ClipNorm > 0)
        {
            Gradients.Clip(model.parameters(), config.Train.ClipNorm);
        }

        optimiser.step();
        using IDisposable off = no_grad();
        sum.add_(value.detach());
    }

    private Tensor Mixed(Batch batch)
    {
        Tensor features = batch.Features;
        Tensor other = randperm(features.shape[0]);

        // The distribution's tensors belong to no dispose scope.
        using distributions.Distribution beta = distributions.Beta(
            tensor((float)config.Augment.Mixup), tensor((float)config.Augment.Mixup));
        Tensor share = beta.sample().to(features.device);
        Tensor moved = other.to(features.device);
        Tensor mixed = features.index_select(0, moved).mul_(1 - share).add_(features * share);
        Tensor logits = model.forward(mixed, batch.Lengths.maximum(batch.Lengths[other]));
        return loss.Of(logits, batch.Labels, batch.Labels[moved], share);
    }
}
