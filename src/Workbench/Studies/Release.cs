using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Reporting;
using SpeechEmotion.Splits;
using SpeechEmotion.Training;

namespace SpeechEmotion.Studies;

/// <summary>Makes a model to ship from a finished study: the weights of one run, probabilities calibrated on the study's validation
/// speakers, and a model card whose figures come from the test speakers of all folds.</summary>
public static class Release
{
    /// <summary>Below this probability, where it is calibrated, an answer is more often wrong than right, so the honest answer is 'not
    /// sure'. That holds for clips like those of the study. In noise, in rooms and in other corpora, answers above it can be wrong as
    /// often: the model card says how often under the study's conditions.</summary>
    public const double Threshold = 0.5;

    /// <summary>Writes LABELS.ser, LABELS.md and LABELS-reliability.png.</summary>
    /// <param name="study">A finished study with its checkpoints.</param>
    /// <param name="labels">Label set.</param>
    /// <param name="model">Architecture, or null for the one with the best mean validation UAR; test scores choose nothing.</param>
    /// <param name="fold">Fold of the run that gives the weights.</param>
    /// <param name="seed">Seed of that run.</param>
    /// <param name="weights">Folder of a further run of the same recipe whose weights are shipped in place of that run's, such as one
    /// trained without validation speakers; or null.</param>
    /// <param name="target">Folder of released models.</param>
    /// <returns>What was released.</returns>
    /// <exception cref="InputException">The study lacks that run; its architectures have different folds or seeds, so none can be chosen;
    /// the run must not be released (speaker-normalised, scored on validation, speakers not apart, or no validation speakers); its
    /// checkpoint cannot be read; or the further run is unfinished or of another recipe.</exception>
    public static ReleaseFacts Make(StudyFolder study, string labels, string? model, int fold, int seed, string? weights, string target)
    {
        ReleaseRecipe recipe = ReleaseRecipe.Choose(study, labels, model);
        RunFolder folder = RunFolder.Of(study.Path, recipe.Runs[0].Key with { Fold = fold, Seed = seed });
        RunResult chosen = recipe.Runs.FirstOrDefault(run => (run.Fold, run.Seed) == (fold, seed))
            ?? throw new InputException(
                $"{folder.Path}: not a finished run; choose another --fold or --seed, or let `ser compare` finish it");
        RunConfig config = ConfigReader.ReadRun([folder.Config], []);
        string? reason =
            config.Train.Normalise == "speaker"
                ? "is normalised by speaker (train.normalise) and cannot hear a single clip; release a run with global or clip"
            : config.Split.Scored == "validation"
                ? "was scored on validation speakers (split.scored), so nothing says how well it hears others; "
                    + "release a run that was tested"
            : !chosen.Facts.SpeakersApart
                ? "was tested on speakers that it had heard (split.kind), so nothing says how well it hears others; "
                    + "release a run with speakers apart"
            : double.IsNaN(ReleaseRecipe.Validated(chosen))
                ? "has no validation speakers (split.validation) to calibrate its probabilities on; "
                    + "release a run that has, and give this recipe's weights with --weights"
            : null;
        if (reason is not null)
        {
            throw new InputException($"{folder.Path}: {reason}");
        }

        RunFolder source = weights is null ? folder : Further(weights, config);
        (ModelCard card, EmotionModel network) = Checkpoint.ReadModel(source.Best);
        using EmotionModel owned = network;

        ReleaseScores scores = recipe.Score();
        ModelCard shipped = card with
        {
            Temperature = scores.Temperature,
            Threshold = Threshold,
            Heard = Heard(card, scores.Validation),
        };
        Checkpoint.Write(Path.Combine(target, labels + ".ser"), shipped, network);

        ReleaseFacts facts = new(
            chosen, recipe.Runs.Count, recipe.Architectures, model is not null, scores, Threshold,
            [.. SplitFile.ReadKeys(source.Split).Train.Select(key => key.Split('/')[0]).Distinct().Order(StringComparer.Ordinal)],
            (network as RbfNetwork)?.Held, config.Augment.Copies > 0,
            weights is null ? null : FactsFile.Read<RunFacts>(source.Environment));
        ReliabilityPicture.Of(scores.Before, scores.After).SavePng(Path.Combine(target, labels + "-reliability.png"));
        AtomicFile.WriteText(Path.Combine(target, labels + ".md"), ReleaseCard.Of(facts));
        return facts;
    }

    /// <summary>Speakers that the weights were trained or selected on or the temperature was fitted on; null where the model file does not
    /// name the former.</summary>
    private static string[]? Heard(ModelCard card, IEnumerable<Prediction> validation) =>
        card.Heard is null ? null : [.. card.Heard.Union(validation.Select(row => row.Speaker)).Order(StringComparer.Ordinal)];

    private static RunFolder Further(string path, RunConfig recipe)
    {
        RunFolder folder = new(path);
        if (!folder.Finished)
        {
            // A recipe that chooses its epoch on validation cannot be trained without validation.
            string share = recipe.Train.Select == "last" ? "split.validation=0" : "a smaller split.validation";
            throw new InputException($"{path}: no finished run; `ser train` makes one, with the study's recipe and {share}");
        }

        RunConfig config = ConfigReader.ReadRun([folder.Config], []);
        return ConfigHash.Of(config with { Split = recipe.Split, Seed = recipe.Seed }) == ConfigHash.Of(recipe)
            ? folder
            : throw new InputException(
                $"{path}: a run of another recipe than the study's "
                + "(compare their config.yaml; only split and seed may differ); train it anew");
    }
}
