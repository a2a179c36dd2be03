using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Labels;
using SpeechEmotion.Reporting;
using SpeechEmotion.Splits;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>Performs one run, from its config to a finished run folder.</summary>
/// <param name="data">The data.</param>
/// <param name="listener">Receives messages and progress.</param>
public sealed class Runner(SpeechData data, IRunListener listener)
{
    /// <summary>Length of the clip whose multiply-accumulates and latency are reported.</summary>
    private const double ReferenceSeconds = 3;

    /// <summary>Trains, chooses the epoch on validation, scores the test side once, and writes the run folder;
    /// metrics.json comes last.</summary>
    /// <param name="config">The run.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="resume">Continues from the last checkpoint if there is one.</param>
    /// <param name="stop">Stops the run between two steps.</param>
    /// <exception cref="InputException">Config and data do not fit together, or the folder holds another run.</exception>
    /// <exception cref="RunFailedException">Training failed, for example because its loss became NaN or memory ran out.</exception>
    /// <exception cref="OperationCanceledException">Stopped; the last checkpoint is kept.</exception>
    public void Run(RunConfig config, RunFolder folder, bool resume, CancellationToken stop) =>
        TorchError.FailsRun(folder.Path, () => Make(config, folder, resume, stop));

    private void Make(RunConfig config, RunFolder folder, bool resume, CancellationToken stop)
    {
        bool begun = Claim(config, folder, resume);
        Device device = Devices.Open(config);
        listener.Say($"device: {Provenance.Name(device)}{Unused(config, device)}");
        (LabelSet labels, LabelSet taught) = Sets(config);
        data.SayLeftOut(taught, listener); // Before the split, which may fail for want of these clips.
        (IReadOnlyDictionary<string, int> classes, Split split, IReadOnlyList<Utterance> used) = Clips(config, labels, taught);
        if (!begun)
        {
            WriteInput();
        }

        using Sides sides = Sides.Open(config, data, split, used, classes, device, listener);
        ModelShape shape = new(config.Features.Width, labels.Classes.Count);
        object options = config.Model.Options ?? ModelCatalog.DefaultOptions(config.Model.Name);
        ModelCard card = new(
            config.Model.Name, options, shape, labels.Name, labels.Classes, config.Features, sides.Normaliser,
            Heard: data.Table is null ? Heard(split, used) : null);
        ModelCard wide = AuxiliaryTask.Widen(card, taught.Classes, AuxiliaryTask.Named(config.Train.Tasks));
        manual_seed(Seeds.Of(config.Seed, "weights"));
        using EmotionModel trained = config.Model.Create(wide.Shape);
        trained.to(device);

        HostMemory.GiveBack(); // what is left over from reading and, in a study, from the previous run
        using Trainer trainer = new(config, card, wide, trained, sides.Train, sides.Validation, folder, listener, device);
        (TrainState state, string reason) = trainer.Run(resume, stop);
        if (begun)
        {
            WriteInput(); // Not before: if other data are refused on resume, the files must still describe the original data.
        }

        using EmotionModel model = Checkpoint.ReadModel(folder.Best).Model;
        model.to(device);
        PredictionsFile.Write(folder.Validation, labels.Classes, sides.Validation is null ? [] : Score(sides.Validation));
        IReadOnlyList<Prediction> predictions = Score(sides.Scored);
        PredictionsFile.Write(folder.Predictions, labels.Classes, predictions);
        int frames = config.Features.Frames(ReferenceSeconds);
        using EmotionModel plain = card.Build(); // on the CPU
        FactsFile.Write(folder.Environment, new RunFacts(
            model.parameters().Sum(p => p.numel()),
            ModelSummary.Total(ModelSummary.Describe(plain, shape, frames)).Macs ?? 0,
            state.Seconds,
            state.History.Count * trainer.ClipsPerEpoch / state.Seconds,
            state.BestEpoch,
            reason,
            split.SpeakersApart,
            string.Join("; ", state.Devices),
            string.Join("; ", state.Machines),
            string.Join(", ", state.Commits),
            Provenance.DataHash(used),
            Provenance.Versions,
            Predictor.Latency(model, shape, frames, device),
            ClassHash(used, classes)));
        listener.Say($"stopped: {reason}; {(config.Train.Select == "last" ? "last" : "best")} epoch {state.BestEpoch}");
        Finish(config, folder);

        void WriteInput()
        {
            if (LabelSets.OwnFile(config.Data.Labels) is string own)
            {
                AtomicFile.WriteText(folder.OwnLabels(own), File.ReadAllText(own)); // `ser evaluate` needs it wherever the run is.
            }

            AtomicFile.WriteText(folder.Config, ConfigWriter.ToYaml(config));
            SplitFile.Write(folder.Split, split);
        }

        IReadOnlyList<Prediction> Score(Side side) => Predictor.Score(model, side.Clips, side.Utterances, side.Labels, config);
    }

    /// <summary>Writes plots and metrics of a run from its saved files, without data or model.</summary>
    /// <param name="config">The run.</param>
    /// <param name="folder">Its folder, with predictions, history and environment.</param>
    public static void Finish(RunConfig config, RunFolder folder)
    {
        RunResult run = folder.Read(config);
        IReadOnlyList<string> faults = KnownFaults.Of(config);
        string about = ProtocolText.VoiceOf(run.Predictions)
            + (run.Facts.SpeakersApart ? "" : "Speakers overlap between training and test: these figures flatter. ")
            + ProtocolText.Reserve(config)
            + (faults.Count == 0 ? "" : $"Faults that are kept: {string.Join("; ", faults)}.");
        RunReport.Write(folder.Path, run.Model, run.Labels, new PredictionTable(run.Classes, run.Predictions), about);
        MetricsFile.Write(folder.Metrics, run.Predictions, run.Classes);
    }

    /// <summary>Hashes that tell whether two runs of one config used the same sound and gave it the same classes.</summary>
    /// <param name="config">The run.</param>
    /// <returns>SHA-256 of the data that the run uses and of their classes, as in its environment.json.</returns>
    /// <exception cref="InputException">Config and data do not fit together.</exception>
    public (string Data, string Classes) Hashes(RunConfig config)
    {
        (LabelSet labels, LabelSet taught) = Sets(config);
        (IReadOnlyDictionary<string, int> classes, _, IReadOnlyList<Utterance> used) = Clips(config, labels, taught);
        return (Provenance.DataHash(used), ClassHash(used, classes));
    }

    /// <summary>Throws if a run's split cannot be made.</summary>
    /// <param name="config">The run.</param>
    /// <exception cref="InputException">Config and data do not fit together.</exception>
    public void RequireSplit(RunConfig config)
    {
        (LabelSet labels, LabelSet taught) = Sets(config);
        Clips(config, labels, taught);
    }

    private static string ClassHash(IEnumerable<Utterance> used, IReadOnlyDictionary<string, int> classes) =>
        Provenance.ClassHash(used.Select(u => (u, classes[u.Key])));

    private static (LabelSet Labels, LabelSet Taught) Sets(RunConfig config)
    {
        LabelSet labels = LabelSets.Load(config.Data.Labels);
        return (labels, LabelSets.Taught(labels, config));
    }

    private (IReadOnlyDictionary<string, int> Classes, Split Split, IReadOnlyList<Utterance> Used) Clips(
        RunConfig config, LabelSet labels, LabelSet taught)
    {
        (IReadOnlyList<Utterance> known, IReadOnlyDictionary<string, int> classes) = data.Select(taught);
        if (!known.Any(u => labels.ClassOf(u) is not null))
        {
            throw data.NoneTaken(labels, "data.labels");
        }

        Split split = SplitOf(config, labels, known);
        HashSet<string> trains = [.. split.Train];
        return (classes, split, [.. known.Where(u => labels.ClassOf(u) is not null || trains.Contains(u.Key))]);
    }

    private static Split SplitOf(RunConfig config, LabelSet labels, IReadOnlyList<Utterance> known)
    {
        Split split = config.Split.File is string file
            ? SplitFile.Read(file, known)
            : SplitFactory.Create(config.Split, [.. known.Where(u => labels.ClassOf(u) is not null)], config.Seed);
        SplitCheck.VerifyClasses(split, known, labels);
        return split.Validation.Count == 0 && (config.Train.Select != "last" || config.Split.Scored == "validation")
            ? throw new InputException(
                $"split {split.Name}: has no validation side to choose the epoch on or to score; "
                + "set train.select: last, train.patience: 0 and split.scored: test, or take another split")
            : config.Train.Labels is null ? split : FurtherClips.Join(split, known, u => labels.ClassOf(u) is null);
    }

    private static string[] Heard(Split split, IReadOnlyList<Utterance> used)
    {
        HashSet<string> keys = [.. split.Train, .. split.Validation];
        return [.. used.Where(u => keys.Contains(u.Key)).Select(u => u.Speaker).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>A remark on a card that is left unused though nobody asked for the CPU.</summary>
    private static string Unused(RunConfig config, Device device) =>
        config.Device == "auto" && device.type == DeviceType.CPU && Provenance.Cards() is [string card, ..]
            ? $" ({card} is here, but this build cannot use it: `ser doctor` says why)" : "";

    /// <summary>Accepts an empty folder or, to resume, one that holds a run of the same config.</summary>
    /// <returns>True if the run was begun before.</returns>
    private static bool Claim(RunConfig config, RunFolder folder, bool resume)
    {
        bool begun = folder.Finished || File.Exists(folder.Last);
        if (begun && File.Exists(folder.Config) && ConfigHash.Of(ConfigReader.ReadRun([folder.Config], [])) != ConfigHash.Of(config))
        {
            throw new InputException(
                $"{folder.Path}: holds a run of another config (compare {folder.Config}); choose another folder, or remove this one");
        }

        if (!resume && begun)
        {
            throw new InputException($"{folder.Path}: holds a run already; add --resume to go on with it, or choose another folder");
        }

        return begun;
    }
}
