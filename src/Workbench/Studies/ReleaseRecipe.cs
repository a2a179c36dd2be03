using SpeechEmotion.Evaluation;
using SpeechEmotion.Reporting;
using SpeechEmotion.Training;

namespace SpeechEmotion.Studies;

/// <summary>A study's model of which one can be released, and all of its runs on a label set. They may be published ones, without
/// weights.</summary>
/// <param name="Study">The study.</param>
/// <param name="Runs">Its runs, one per fold and seed.</param>
/// <param name="Architectures">Number of architectures of the study on these labels.</param>
public sealed record ReleaseRecipe(StudyFolder Study, IReadOnlyList<RunResult> Runs, int Architectures)
{
    /// <summary>Most names that an error message lists; a search has hundreds.</summary>
    private const int MostNames = 12;

    /// <summary>Takes the model that is named, or the one with the best mean validation UAR; test scores choose nothing.</summary>
    /// <param name="study">A finished study.</param>
    /// <param name="labels">Label set.</param>
    /// <param name="model">Architecture, or null.</param>
    /// <exception cref="InputException">The study has no such run, or its architectures have different folds or seeds, so none can be
    /// chosen.</exception>
    public static ReleaseRecipe Choose(StudyFolder study, string labels, string? model)
    {
        IReadOnlyList<RunResult> finished = study.Runs(study.Conditions());
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

        RunResult[] best = [.. candidates.GroupBy(run => run.Model).MaxBy(runs => runs.Average(Validated))!];
        return new ReleaseRecipe(study, best, all.DistinctBy(run => run.Model).Count());
    }

    /// <summary>Validation UAR of the epoch whose weights a run kept, 0 to 1; NaN where nothing validates.</summary>
    public static double Validated(RunResult run) => run.History[run.Facts.BestEpoch - 1].ValidationUar;

    /// <summary>Scores the runs from their kept predictions.</summary>
    /// <exception cref="InputException">A file of predictions cannot be read.</exception>
    public ReleaseScores Score()
    {
        Prediction[] validation =
        [
            .. Runs.Select(run => RunFolder.Of(Study.Path, run.Key).Validation)
                .SelectMany(file => PredictionsFile.Read(file).Rows),
        ];
        return new ReleaseScores(
            Runs.Average(Validated), validation, Calibration.Temperature(validation),
            [.. Runs.SelectMany(run => run.Predictions)],
            [.. Runs.SelectMany(run => Calibrated(run.Predictions, validation))],
            [.. from condition in Study.Conditions()
                let name = condition.Alteration.Name
                where Runs.All(run => run.Conditions.ContainsKey(name))
                select KeyValuePair.Create(condition.Title, (IReadOnlyList<Prediction>)
                    [.. Runs.SelectMany(run => Calibrated(run.Conditions[name], validation))])]);
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
}
