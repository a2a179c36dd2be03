using SpeechEmotion.Configuration;
using SpeechEmotion.Splits;

namespace SpeechEmotion.Training;

/// <summary>A trained model that is to be scored on other data, and what it has heard, which must not be among them.</summary>
/// <param name="Name">What a person calls it.</param>
/// <param name="Checkpoint">Its weights.</param>
/// <param name="Labels">Its label set, a name or a path.</param>
/// <param name="Config">Its device and batch size.</param>
/// <param name="Keys">The utterances that it trained or was selected on, where a split names them.</param>
/// <param name="Speakers">Speakers whom it has heard, as its file names them; empty where others of their clips may be scored; null where
/// nothing tells whom it has heard.</param>
/// <param name="SpeakersApart">Whether nobody whom it knows may be among those that it is scored on.</param>
/// <param name="Home">Folder below which its scores are written.</param>
public sealed record ScoredModel(
    string Name,
    string Checkpoint,
    string Labels,
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
        config = config.Device == "cpu" ? config : config with { Device = "auto" }; // The card that it was trained on need not be here.
        Split split = SplitFile.ReadKeys(run.Split);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(run.Path)));
        HashSet<string> keys = split.Train.Concat(split.Validation).ToHashSet();
        HashSet<string>? speakers = split.SpeakersApart ? Training.Checkpoint.ReadCard(run.Best).Heard?.ToHashSet() : [];
        return new ScoredModel(
            name, run.Best, config.Data.Labels, config, keys, speakers, split.SpeakersApart, Path.Combine(run.Path, "evaluations"));
    }

    /// <summary>A model file: a released one is scored into runs/evaluations, another beside its file.</summary>
    /// <param name="model">The file.</param>
    /// <exception cref="InputException">It is no checkpoint.</exception>
    public static ScoredModel Of(ModelFile model)
    {
        ModelCard card = Training.Checkpoint.ReadCard(model.Path);
        string home = Shipped.Released().Contains(model.Path)
            ? Path.Combine("runs", "evaluations", model.Name)
            : Path.ChangeExtension(model.Path, null) + "-evaluations";
        return new ScoredModel(
            model.Name, model.Path, card.Labels, new RunConfig(), new HashSet<string>(), card.Heard?.ToHashSet(),
            SpeakersApart: true, home);
    }
}
