using System.Diagnostics;
using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>The training loop. Each epoch starts from a seed of its own and ends in a checkpoint, so a run that is stopped goes on
/// as if it had not been.</summary>
public sealed class Trainer : IDisposable
{
    private readonly RunConfig _config;
    private readonly ModelCard _card;
    private readonly ModelCard _trained;
    private readonly EmotionModel _model;
    private readonly EmotionModel? _kept;
    private readonly Device _device;
    private readonly Side _train;
    private readonly Side? _validation;
    private readonly RunFolder _folder;
    private readonly IRunListener _listener;
    private readonly AdamW _optimiser;
    private readonly WeightAverage? _average;
    private readonly Tensor? _weights;
    private readonly Loss _loss;
    private readonly BatchAugment _augment;
    private readonly TrainingStep _step;
    private readonly string[] _speakers;
    private readonly int _steps;

    /// <summary>Sets up a run's training.</summary>
    /// <param name="config">The run.</param>
    /// <param name="card">What the model is that is kept.</param>
    /// <param name="trained">What the model is that trains: the same, or one with further outputs
    /// (<see cref="AuxiliaryTask.Widen"/>).</param>
    /// <param name="model">Its fresh weights, on the training device.</param>
    /// <param name="train">Training clips.</param>
    /// <param name="validation">Clips that choose the epoch; null where the last one is taken unseen.</param>
    /// <param name="folder">Where checkpoints and history go.</param>
    /// <param name="listener">Hears how it goes.</param>
    /// <param name="device">The training device.</param>
    public Trainer(
        RunConfig config, ModelCard card, ModelCard trained, EmotionModel model, Side train, Side? validation,
        RunFolder folder, IRunListener listener, Device device)
    {
        (_config, _card, _trained, _model) = (config, card, trained, model);
        (_train, _validation, _folder, _listener, _device) = (train, validation, folder, listener, device);
        _kept = trained.Classes.Count > card.Classes.Count ? card.Build() : null;
        _kept?.to(device);
        _optimiser = optim.AdamW(
            model.parameters(), lr: config.Train.LearningRate, weight_decay: config.Train.WeightDecay, eps: config.Train.Epsilon);
        _average = config.Train.Average > 0 ? new WeightAverage(_trained, model, config.Train.Average, device) : null;
        int classes = trained.Classes.Count - AuxiliaryTask.Named(config.Train.Tasks).Sum(t => t.Answers.Count);
        _speakers = [.. train.Utterances.Select(u => u.Speaker)];
        IReadOnlyList<double> chances = BatchOrder.Chances(_speakers, config.Train.ClipsPerSpeaker);
        _weights = Loss.Weights(config.Train.ClassWeights, train.Labels, chances, classes, device);
        _loss = new Loss(config.Train, _weights);
        _augment = new BatchAugment(config.Augment, config.Features, card.Normaliser, device);
        _step = new TrainingStep(config, model, _optimiser, _loss, _augment);
        _steps = Order(new Random(0)).Count;
    }

    /// <summary>Clips of one epoch; all of them where the model is solved for.</summary>
    public int ClipsPerEpoch => _model is IClosedForm ? _train.Clips.Count : Order(new Random(0)).Sum(b => b.Length);

    /// <summary>Trains until the epochs are done or validation no longer improves, and leaves the best weights in
    /// the best checkpoint.</summary>
    /// <param name="resume">Goes on from the last checkpoint where there is one.</param>
    /// <param name="stop">Ends training between two steps; what earlier epochs made is kept.</param>
    /// <returns>Where the run ended, and why it did.</returns>
    /// <exception cref="InputException">The last checkpoint is damaged, of another model or of other clips.</exception>
    /// <exception cref="RunFailedException">The loss is no longer a number.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public (TrainState State, string Reason) Run(bool resume, CancellationToken stop)
    {
        string clips = Provenance.DataHash(_train.Utterances.Concat(_validation?.Utterances ?? []));
        TrainState state = TrainState.Start;
        if (resume && File.Exists(_folder.Last))
        {
            state = Checkpoint.Read(_folder.Last, _trained, _model, _optimiser, _average?.Model) ?? TrainState.Start;
            if (state.Clips is string before && before != clips)
            {
                throw new InputException(
                    $"{_folder.Last}: was trained on other clips than this run's; "
                    + "give the data that it was begun on, or remove the file to train anew");
            }

            _listener.Say($"resumed after epoch {state.History.Count}");

            // A run killed between the two files has an epoch in the checkpoint that its history lacks.
            HistoryFile.Write(_folder.History, state.History);
        }

        state = state with { Clips = clips };
        using EventLog events = new(_folder.Path, state.History);
        string? reason;
        while ((reason = ReasonToStop(state)) is null)
        {
            state = Epoch(state, stop);
            events.Write(state.History[^1]);
        }

        return (state, reason);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimiser.Dispose();
        _kept?.Dispose();
        _average?.Dispose();
        _weights?.Dispose();
        _augment.Dispose();
    }

    /// <summary>The weights that validation and the best checkpoint see.</summary>
    private EmotionModel Judged()
    {
        EmotionModel trained = _average?.Model ?? _model;
        if (_kept is null)
        {
            return trained;
        }

        AuxiliaryTask.Copy(trained, _kept);
        return _kept;
    }

    private string? ReasonToStop(TrainState state) =>
        state.History.Count >= _config.Train.Epochs
            ? $"all {_config.Train.Epochs} epochs are done"
            : _config.Train.Patience > 0 && state.History.Count - state.BestEpoch >= _config.Train.Patience
                ? $"no better validation UAR in {_config.Train.Patience} epochs"
                : _config.Train.LossPatience > 0 && Plateau.Length(state.History) > _config.Train.LossPatience
                    ? $"the training loss fell by less than {Plateau.Tolerance} in {_config.Train.LossPatience} epochs"
                    : null;

    private TrainState Epoch(TrainState state, CancellationToken stop)
    {
        Stopwatch clock = Stopwatch.StartNew();
        int epoch = state.History.Count + 1;
        double trainLoss = TrainEpoch(epoch, stop);
        if (!double.IsFinite(trainLoss))
        {
            throw new RunFailedException(
                $"{_folder.Path}: the training loss is not a number in epoch {epoch}; "
                + $"a smaller train.learning_rate (now {_config.Train.LearningRate:g}) or train.clip_norm may help");
        }

        HostMemory.GiveBack(); // Batches of ever other lengths leave holes, and memory would grow from epoch to epoch.
        _average?.TakeStatistics();
        EmotionModel judged = Judged();
        (double loss, double uar) = Validate(judged);
        EpochRow row = new(
            epoch, trainLoss, loss, uar, Rate((long)epoch * _steps - 1), clock.Elapsed.TotalSeconds);
        bool better = _config.Train.Select == "last" || uar > state.BestUar;
        TrainState next = new(
            better ? epoch : state.BestEpoch,
            better ? uar : state.BestUar,
            state.Seconds + clock.Elapsed.TotalSeconds,
            [.. state.History, row])
        {
            Commits = [.. state.Commits.Union([Provenance.Commit])],
            Clips = state.Clips,
        };

        // Best goes first: a run killed between the two repeats this epoch and writes the same best again.
        if (better)
        {
            Checkpoint.Write(_folder.Best, _card, judged);
        }

        Checkpoint.Write(_folder.Last, _trained, _model, _optimiser, next, _average?.Model);
        HistoryFile.Write(_folder.History, next.History);
        _listener.Epoch(row, _config.Train.Epochs);
        return next;
    }

    private double Rate(long step) => _config.Train.Schedule == "constant"
        ? _config.Train.LearningRate
        : Schedule.Rate(step, (long)_steps * _config.Train.Epochs, _config.Train.LearningRate, _config.Train.WarmUp);

    private (double Loss, double Uar) Validate(EmotionModel judged)
    {
        if (_validation is null)
        {
            return (double.NaN, double.NaN);
        }

        IReadOnlyList<float[]> logits = Predictor.Logits(judged, _validation.Clips, _config.Train.BatchSize, _config.Train.Eval);
        IReadOnlyList<Prediction> rows = Predictor.Rows(logits, _validation.Utterances, _validation.Labels);
        return (rows.Average(r => -Math.Log(Math.Max(r.Probabilities[r.Truth], double.Epsilon))), Metrics.Compute(rows, _card.Classes).Uar);
    }

    /// <returns>Mean loss of the epoch's steps; read from the device once, at the end.</returns>
    private double TrainEpoch(int epoch, CancellationToken stop)
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
            _average?.Update(done);
            if (step + 1 < order.Count || !stop.IsCancellationRequested) // A whole epoch is kept.
            {
                _listener.Progress($"epoch {epoch}/{_config.Train.Epochs}", step + 1, order.Count);
            }
        }

        return sum.item<float>() / order.Count;
    }

    /// <summary>An epoch of a model that is solved for: all clips at once, and the loss of what came out.</summary>
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
