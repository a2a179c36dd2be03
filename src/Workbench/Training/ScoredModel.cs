using SpeechEmotion.Configuration;
using SpeechEmotion.Splits;

namespace SpeechEmotion.Training;

/// <summary>A trained model to be scored on other data, and what it was trained or selected on, which must not be scored.</summary>
/// <param name="Name">The name that users see.</param>
/// <param name="Checkpoint">Path of its checkpoint.</param>
/// <param name="Labels">Its label set, a name or a path.</param>
/// <param name="OwnLabels">A copy of that set in the run's folder; null where there is none.</param>
/// <param name="Config">The run config that it is scored with, such as device and batch size.</param>
/// <param name="Keys">The utterances that it trained or was selected on, if a split names them; else empty.</param>
/// <param name="Speakers">Speakers that it was trained, selected or calibrated on, as its file names them; empty if other clips of theirs
/// may be scored; null if its file names none.</param>
/// <param name="SpeakersApart">True if no clip of a speaker that it was trained or selected on may be scored.</param>
/// <param name="Home">Folder below which its scores are written.</param>
public sealed record ScoredModel(
    string Name,
    string Checkpoint,
    string Labels,
    string? OwnLabels,
    RunConfig Config,
    IReadOnlySet<string> Keys,
    IReadOnlySet<string>? Speakers,
    bool SpeakersApart,
    string Home)
{
    /// <summary>A finished run, scored into RUN/evaluations.</summary>
    /// <param name="run">Its folder.</param>
    /// <exception cref="InputException">It is not finished, or a file of it cannot be read.</exception>
    public static ScoredModel Of(RunFolder run)
    {
        if (!run.Finished)
        {
            throw new InputException(
                $"{run.Path}: not a finished run; train it with `ser train`, finish it with --resume, "
                + "or give one of a study's (STUDY/LABELS/MODEL/foldF-seedS)");
        }

        RunConfig config = ConfigReader.ReadRun([run.Config], []);
        config = config.Device == "cpu" ? config : config with { Device = "auto" }; // The GPU that it was trained on may not be here.
        Split split = SplitFile.ReadKeys(run.Split);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(run.Path)));
        string own = run.OwnLabels(config.Data.Labels);
        HashSet<string> keys = split.Train.Concat(split.Validation).ToHashSet();
        // Where speakers were on both sides, other clips of theirs may be scored. Nobody knows whose clips the rows of a feature table are,
        // so its card names no speakers.
        bool byCard = split.SpeakersApart || config.Data.Table is not null;
        HashSet<string>? speakers = byCard ? Training.Checkpoint.ReadCard(run.Best).Heard?.ToHashSet() : [];
        return new ScoredModel(
            name, run.Best, config.Data.Labels, File.Exists(own) ? own : null, config, keys, speakers, split.SpeakersApart,
            Path.Combine(run.Path, "evaluations"));
    }

    /// <summary>A model file. A released model is scored into runs/evaluations, any other into a folder beside its file.</summary>
    /// <param name="model">The file.</param>
    /// <exception cref="InputException">It is not a checkpoint.</exception>
    public static ScoredModel Of(ModelFile model)
    {
        ModelCard card = Training.Checkpoint.ReadCard(model.Path);
        string home = Shipped.Released().Contains(model.Path)
            ? Path.Combine("runs", "evaluations", model.Name)
            : Path.ChangeExtension(model.Path, null) + "-evaluations";
        return new ScoredModel(
            model.Name, model.Path, card.Labels, null, new RunConfig(), new HashSet<string>(), card.Heard?.ToHashSet(),
            SpeakersApart: true, home);
    }
}
