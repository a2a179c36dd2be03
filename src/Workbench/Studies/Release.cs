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

    /// <summary>Most names that an error message lists; a search has hundreds.</summary>
    private const int MostNames = 12;

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
        IReadOnlyList<Condition> conditions = study.Conditions();
        IReadOnlyList<RunResult> finished = study.Runs(conditions);
        RunResult[] all = [.. finished.Where(run => run.Labels == labels)];
        RunResult[] candidates = [.. all.Where(run => model is null || run.Model == model)];
        if (candidates.Length == 0)
        {
            throw new InputException($"{study.Path}: " + (finished.Count == 0
                ? "no run of this study is finished yet; `ser compare` goes on with it"
                : all.Length == 0
                    ? $"no finished run on {labels} labels; there are runs on {Near(labels, finished.Select(run => run.Labels))}"
                    : $"no finished run of {model} on {labels} labels; there are runs of {Near(model!, all.Select(run => run.Model))}"));
        }

        if (!RunResult.SameRuns(candidates))
        {
            throw new InputException(
                $"{study.Path}: its architectures have finished other folds and seeds each, so their validation scores do not compare; "
                + "let `ser compare` finish it, or name one with --model");
        }

        IGrouping<string, RunResult> best = candidates.GroupBy(run => run.Model).MaxBy(runs => runs.Average(BestValidation))!;
        RunFolder folder = new(Path.Combine(study.Path, RunResult.KeyOf(labels, best.Key, fold, seed)));
        RunResult chosen = best.FirstOrDefault(run => run.Fold == fold && run.Seed == seed)
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
            : double.IsNaN(BestValidation(chosen))
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

        Prediction[] validation =
        [
            .. best.Select(run => new RunFolder(Path.Combine(study.Path, run.Key)))
                .SelectMany(its => PredictionsFile.Read(its.Validation).Rows),
        ];
        Prediction[] test = [.. best.SelectMany(run => run.Predictions)];
        double temperature = Calibration.Temperature(validation);
        ModelCard shipped = card with { Temperature = temperature, Threshold = Threshold, Heard = Heard(card, validation) };
        Checkpoint.Write(Path.Combine(target, labels + ".ser"), shipped, network);

        ReleaseFacts facts = new(
            chosen, best.Count(), all.DistinctBy(run => run.Model).Count(), model is not null,
            best.Average(BestValidation), temperature, Threshold, test,
            [.. best.SelectMany(run => Calibrated(run.Predictions, validation))],
            [.. SplitFile.ReadKeys(source.Split).Train.Select(key => key.Split('/')[0]).Distinct().Order(StringComparer.Ordinal)],
            [.. from condition in conditions
                let name = condition.Alteration.Name
                where best.All(run => run.Conditions.ContainsKey(name))
                select KeyValuePair.Create(condition.Title, (IReadOnlyList<Prediction>)
                    [.. best.SelectMany(run => Calibrated(run.Conditions[name], validation))])],
            (network as RbfNetwork)?.Held, config.Augment.Copies > 0,
            weights is null ? null : FactsFile.Read<RunFacts>(source.Environment));
        ReliabilityPicture.Of(facts.Before, facts.After).SavePng(Path.Combine(target, labels + "-reliability.png"));
        AtomicFile.WriteText(Path.Combine(target, labels + ".md"), ReleaseCard.Of(facts));
        return facts;
    }

    /// <summary>A run's test predictions, calibrated as for speakers never heard: a validation speaker of one fold is a test speaker of
    /// another, so the temperature is fitted without those who are tested here.</summary>
    private static IEnumerable<Prediction> Calibrated(IReadOnlyList<Prediction> rows, Prediction[] validation)
    {
        HashSet<string> tested = [.. rows.Select(row => row.Speaker)];
        double temperature = Calibration.Temperature([.. validation.Where(row => !tested.Contains(row.Speaker))]);
        return rows.Select(row => row with { Probabilities = Calibration.Scale(row.Probabilities, temperature) });
    }

    /// <summary>The known names, for an error message, with a hint at the one closest to the word.</summary>
    private static string Near(string word, IEnumerable<string> names)
    {
        string[] known = [.. names.Distinct()];
        return string.Join(", ", known.Take(MostNames)) + (known.Length > MostNames ? ", …" : "") + Nearest.Hint(word, known);
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

    /// <summary>Validation UAR of the epoch whose weights are kept; NaN where nothing validates.</summary>
    private static double BestValidation(RunResult run) => run.History[run.Facts.BestEpoch - 1].ValidationUar;
}
