using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>A pass over the training clips, one epoch. Each pass starts from its own seed, so its random draws do not depend on earlier
/// passes.</summary>
internal sealed class TrainingPass : IDisposable
{
    private readonly RunConfig _config;
    private readonly EmotionModel _model;
    private readonly Side _train;
    private readonly IRunListener _listener;
    private readonly Device _device;
    private readonly Tensor? _weights;
    private readonly Loss _loss;
    private readonly BatchAugment _augment;
    private readonly TrainingStep _step;
    private readonly string[] _speakers;
    private readonly int _steps;

    /// <summary>Sets up what the passes of a run share.</summary>
    /// <param name="config">The run.</param>
    /// <param name="card">Card of the model.</param>
    /// <param name="model">The model that trains, on the training device.</param>
    /// <param name="train">Training clips.</param>
    /// <param name="listener">Receives progress after each step.</param>
    /// <param name="device">The training device.</param>
    public TrainingPass(RunConfig config, ModelCard card, EmotionModel model, Side train, IRunListener listener, Device device)
    {
        (_config, _model, _train, _listener, _device) = (config, model, train, listener, device);
        Optimiser = optim.AdamW(
            model.parameters(), lr: config.Train.LearningRate, weight_decay: config.Train.WeightDecay, eps: config.Train.Epsilon);
        Average = config.Train.Average > 0 ? new WeightAverage(card, model, config.Train.Average, device) : null;
        int classes = card.Classes.Count - AuxiliaryTask.Named(config.Train.Tasks).Sum(t => t.Answers.Count);
        _speakers = [.. train.Utterances.Select(u => u.Speaker)];
        IReadOnlyList<double> chances = BatchOrder.Chances(_speakers, config.Train.ClipsPerSpeaker);
        _weights = Loss.Weights(config.Train.ClassWeights, train.Labels, chances, classes, device);
        _loss = new Loss(config.Train, _weights);
        _augment = new BatchAugment(config.Augment, config.Features, card.Normaliser, device);
        _step = new TrainingStep(config, model, Optimiser, _loss, _augment);
        _steps = Order(new Random(0)).Count;
    }

    /// <summary>The optimiser. Its moments are part of a run's state.</summary>
    public AdamW Optimiser { get; }

    /// <summary>The averaged weights; null if the run does not ask for them.</summary>
    public WeightAverage? Average { get; }

    /// <summary>Clips of one pass; all training clips if the model is solved in closed form.</summary>
    public int Clips => _model is IClosedForm ? _train.Clips.Count : Order(new Random(0)).Sum(b => b.Length);

    /// <summary>Runs the pass.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="stop">Stops the pass between two steps.</param>
    /// <returns>Mean loss of the steps, read from the device once, at the end; for a closed-form model the loss after the fit.</returns>
    public double Take(int epoch, CancellationToken stop)
    {
        int seed = Seeds.Of(_config.Seed, $"epoch {epoch}");
        manual_seed(seed);
        _model.train();
        if (_model is IClosedForm solved)
        {
            return Fit(solved);
        }

        using Tensor sum = zeros(1, device: _device);
        IReadOnlyList<int[]> order = Order(new Random(seed));
        for (int step = 0; step < order.Count; step++)
        {
            stop.ThrowIfCancellationRequested();
            long done = ((long)(epoch - 1) * _steps) + step;
            _step.Take(_train.Clips, order[step], Rate(done), sum);
            Average?.Update(done);

            // Progress may throw on a stop: after the last step it is then skipped, so that the whole epoch is kept.
            if (step + 1 < order.Count || !stop.IsCancellationRequested)
            {
                _listener.Progress($"epoch {epoch}/{_config.Train.Epochs}", step + 1, order.Count);
            }
        }

        return sum.item<float>() / order.Count;
    }

    /// <summary>The learning rate of a pass's last step; NaN for a closed-form model, which takes no steps.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    public double LastRate(int epoch) => _model is IClosedForm ? double.NaN : Rate((long)epoch * _steps - 1);

    /// <inheritdoc/>
    public void Dispose()
    {
        Optimiser.Dispose();
        Average?.Dispose();
        _weights?.Dispose();
        _augment.Dispose();
    }

    private double Rate(long step) => _config.Train.Schedule == "constant"
        ? _config.Train.LearningRate
        : Schedule.Rate(step, (long)_steps * _config.Train.Epochs, _config.Train.LearningRate, _config.Train.WarmUp);

    /// <summary>The pass of a closed-form model: fits it to all clips at once, and returns the loss of the fitted model.</summary>
    private double Fit(IClosedForm model)
    {
        using DisposeScope scope = NewDisposeScope();
        Batch all = _train.Clips.Gather([.. Enumerable.Range(0, _train.Clips.Count)]);
        model.Fit(all.Features, all.Lengths, all.Labels);
        using IDisposable off = no_grad();
        return _loss.Of(_model.forward(all.Features, all.Lengths), all.Labels).item<float>();
    }

    private IReadOnlyList<int[]> Order(Random random) => BatchOrder.Shuffled(
        BatchOrder.Draw(_speakers, _config.Train.ClipsPerSpeaker, random), _train.Clips.Lengths, _config.Train.BatchSize, random);
}
