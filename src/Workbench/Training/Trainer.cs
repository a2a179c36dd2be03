using System.Diagnostics;
using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>The training loop. Each epoch is a <see cref="TrainingPass"/> and ends in a checkpoint, so a stopped run can resume as if it
/// had not been stopped.</summary>
public sealed class Trainer : IDisposable
{
    /// <summary>Least time between two returns of memory to the system. To get it back page by page can cost half a second on a virtual
    /// machine, which is more than a short epoch takes.</summary>
    private static readonly TimeSpan GiveBackEvery = TimeSpan.FromSeconds(30);

    private readonly Stopwatch _sinceGivenBack = Stopwatch.StartNew();
    private readonly RunConfig _config;
    private readonly ModelCard _card;
    private readonly ModelCard _trained;
    private readonly EmotionModel _model;
    private readonly EmotionModel? _kept;
    private readonly Side _train;
    private readonly Side? _validation;
    private readonly RunFolder _folder;
    private readonly IRunListener _listener;
    private readonly TrainingPass _pass;
    private readonly Device _device;

    /// <summary>Sets up a run's training.</summary>
    /// <param name="config">The run.</param>
    /// <param name="card">Card of the model that is kept.</param>
    /// <param name="trained">Card of the model that trains: the same, or one with further outputs
    /// (<see cref="AuxiliaryTask.Widen"/>).</param>
    /// <param name="model">The model that trains, with fresh weights, on the training device.</param>
    /// <param name="train">Training clips.</param>
    /// <param name="validation">Clips on which the epoch is chosen; null if the last epoch is kept without validation.</param>
    /// <param name="folder">Where checkpoints and history go.</param>
    /// <param name="listener">Receives messages and progress.</param>
    /// <param name="device">The training device.</param>
    public Trainer(
        RunConfig config, ModelCard card, ModelCard trained, EmotionModel model, Side train, Side? validation,
        RunFolder folder, IRunListener listener, Device device)
    {
        (_config, _card, _trained, _model) = (config, card, trained, model);
        (_train, _validation, _folder, _listener, _device) = (train, validation, folder, listener, device);
        _kept = trained.Classes.Count > card.Classes.Count ? card.Build() : null;
        _kept?.to(device);
        _pass = new TrainingPass(config, trained, model, train, listener, device);
    }

    /// <summary>Clips of one epoch; all training clips if the model is solved in closed form.</summary>
    public int ClipsPerEpoch => _pass.Clips;

    /// <summary>Trains until all epochs are done, or validation or the training loss no longer improves, and leaves the best weights in the
    /// best checkpoint.</summary>
    /// <param name="resume">Continues from the last checkpoint if there is one.</param>
    /// <param name="stop">Stops training between two steps; the checkpoints of earlier epochs are kept.</param>
    /// <returns>The state at the end of training, and the reason why it ended.</returns>
    /// <exception cref="InputException">The last checkpoint is damaged or holds weights alone, or is of another model, other clips or other
    /// classes.</exception>
    /// <exception cref="RunFailedException">The training loss or a weight is not finite.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public (TrainState State, string Reason) Run(bool resume, CancellationToken stop)
    {
        Side[] sides = [.. new[] { _train, _validation }.OfType<Side>()];
        string clips = Provenance.DataHash(sides.SelectMany(side => side.Utterances));
        string classes = Provenance.ClassHash(sides.SelectMany(side => side.Utterances.Zip(side.Labels)));
        TrainState state = TrainState.Start;
        if (resume && File.Exists(_folder.Last))
        {
            state = Checkpoint.Read(_folder.Last, _trained, _model, _pass.Optimiser, _pass.Average?.Model);
            if (state.Clips is string before && before != clips)
            {
                throw new InputException(
                    $"{_folder.Last}: was trained on other clips than this run's; "
                    + "give the data that it was begun on, or remove the file to train anew");
            }

            if (state.Classes is string taught && taught != classes)
            {
                throw new InputException(
                    $"{_folder.Last}: was trained with another version of label set '{_config.Data.Labels}'; "
                    + "undo the change, or remove the file to train anew");
            }

            _listener.Say($"resumed after epoch {state.History.Count}");

            // A run killed between writing the two files has an epoch in the checkpoint that its history file lacks.
            HistoryFile.Write(_folder.History, state.History);
        }

        state = state.Here(_device) with { Clips = clips, Classes = classes };
        EventLog events = new(_folder.Path, state.History);
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
        _pass.Dispose();
        _kept?.Dispose();
    }

    /// <summary>The model that is validated and saved as the best checkpoint.</summary>
    private EmotionModel Judged()
    {
        EmotionModel trained = _pass.Average?.Model ?? _model;
        if (_kept is null)
        {
            return trained;
        }

        AuxiliaryTask.Copy(trained, _kept);
        return _kept;
    }

    /// <summary>A model in closed form has its solution after one.</summary>
    private int Epochs => _model is IClosedForm ? 1 : _config.Train.Epochs;

    private string? ReasonToStop(TrainState state) =>
        state.History.Count >= Epochs
            ? Epochs == 1 ? "the one epoch is done" : $"all {Epochs} epochs are done"
            : _config.Train.Patience > 0 && state.History.Count - state.BestEpoch >= _config.Train.Patience
                ? $"no better validation UAR in {_config.Train.Patience} epochs"
                : _config.Train.LossPatience > 0 && Plateau.Length(state.History) > _config.Train.LossPatience
                    ? $"the training loss fell by less than {Plateau.Tolerance} in {_config.Train.LossPatience} epochs"
                    : null;

    private TrainState Epoch(TrainState state, CancellationToken stop)
    {
        Stopwatch clock = Stopwatch.StartNew();
        int epoch = state.History.Count + 1;
        double trainLoss = _pass.Take(epoch, stop);

        // The loss is of the weights before the last step, which can be the one that spoils them.
        string? lost = !double.IsFinite(trainLoss) ? "training loss is" : !Finite(_model) ? "weights are" : null;
        if (lost is not null)
        {
            throw new RunFailedException(
                $"{_folder.Path}: the {lost} not a number in epoch {epoch}; "
                + $"a smaller train.learning_rate (now {_config.Train.LearningRate:g}) or train.clip_norm may help");
        }

        if (_sinceGivenBack.Elapsed > GiveBackEvery)
        {
            HostMemory.GiveBack(); // Batches of varying lengths fragment the heap, and memory would grow from epoch to epoch.
            _sinceGivenBack.Restart();
        }

        _pass.Average?.TakeStatistics();
        EmotionModel judged = Judged();
        (double loss, double uar) = Validate(judged);
        EpochRow row = new(epoch, trainLoss, loss, uar, _pass.LastRate(epoch), clock.Elapsed.TotalSeconds);
        bool better = _config.Train.Select == "last" || uar > state.BestUar;
        TrainState next = state with
        {
            BestEpoch = better ? epoch : state.BestEpoch,
            BestUar = better ? uar : state.BestUar,
            Seconds = state.Seconds + clock.Elapsed.TotalSeconds,
            History = [.. state.History, row],
        };

        // The best checkpoint is written first: a run killed between the two writes repeats this epoch and writes the same best checkpoint
        // again.
        if (better)
        {
            Checkpoint.Write(_folder.Best, _card, judged);
        }

        Checkpoint.Write(_folder.Last, _trained, _model, _pass.Optimiser, next, _pass.Average?.Model);
        HistoryFile.Write(_folder.History, next.History);
        _listener.Epoch(row, Epochs);
        return next;
    }

    /// <summary>Whether all weights and statistics of a model are finite.</summary>
    internal static bool Finite(EmotionModel model)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable off = no_grad();
        Tensor[] largest = [.. model.state_dict().Values.Where(t => t.is_floating_point() && t.numel() > 0).Select(t => t.abs().max())];
        return largest.Length == 0 || double.IsFinite(stack(largest).max().ToDouble()); // one read from a GPU
    }

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
}
