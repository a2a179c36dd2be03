using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Labels;

namespace SpeechEmotion.Reporting;

/// <summary>A study with its tables computed once, for the page, the Markdown and the CSV.</summary>
internal sealed record StudyView(
    StudyConfig Study,
    IReadOnlyList<RunResult> Results,
    StudyNotes Notes,
    IReadOnlyList<SystemSummary> Rows,
    IReadOnlyList<StudyPair> Pairs,
    IReadOnlyList<SharedScore> Shared,
    IReadOnlyList<EnsembleScore> Ensembles,
    IReadOnlyList<ConditionScore> ConditionScores,
    IReadOnlyList<ConditionPair> ConditionPairs,
    Listeners? Listeners)
{
    /// <summary>Sorts results and computes the tables. Label sets are in the study's order or, if the study's last call left out a label
    /// set that has results, by number of classes; models are in the order in which they first appear.</summary>
    public static StudyView Of(StudyConfig study, IReadOnlyList<RunResult> results, StudyNotes notes, Listeners? listeners = null)
    {
        List<string> labels = [.. study.Labels.Select(LabelSets.NameOf)];
        bool listed = results.All(run => labels.Contains(run.Labels));
        List<string> models = [.. results.Select(run => run.Model).Distinct()];
        RunResult[] ordered =
        [
            .. results.OrderBy(run => listed ? labels.IndexOf(run.Labels) : run.Classes.Count)
                .ThenBy(run => run.Labels, StringComparer.Ordinal)
                .ThenBy(run => models.IndexOf(run.Model))
                .ThenBy(run => run.Fold)
                .ThenBy(run => run.Seed),
        ];
        IReadOnlyList<Condition> conditions = study.ReadConditions();
        return new StudyView(
            study, ordered, notes,
            StudyTable.Rows(ordered), StudyTable.Pairs(ordered), StudyTable.Shared(ordered), Ensemble.Of(ordered),
            ConditionScore.Of(ordered, conditions), ConditionPair.Of(ordered, conditions), listeners);
    }

    public IReadOnlyList<Condition> Conditions { get; } = Study.ReadConditions();

    public IReadOnlyList<string> Models { get; } = [.. Results.Select(run => run.Model).Distinct()];

    public IReadOnlyList<string> Sets { get; } = [.. Rows.Select(row => row.Labels).Distinct()];

    /// <summary>The runs that have a learning curve.</summary>
    public IReadOnlyList<RunResult> WithCurves { get; } = [.. Results.Where(LearningPicture.HasCurve)];

    /// <summary>True where one machine made all runs on one device, so that times compare.</summary>
    public bool OneMachine { get; } = Results.DistinctBy(run => (run.Facts.Machine, run.Facts.Device)).Count() < 2;

    /// <summary>True where all predictions are of rows of a feature table. Their speakers are unknown, so each row counts as a
    /// speaker.</summary>
    public bool OfTable { get; } = Results.All(run => run.Predictions.All(row => row.OfTable));

    /// <summary>What intervals and tests are computed over.</summary>
    public string Groups => OfTable ? "rows" : "speakers";

    public bool SpeakersApart => Results.All(run => run.Facts.SpeakersApart);

    /// <summary>Number of runs in the whole study; where they are not known, those that the study file asks for.</summary>
    public int Planned => Notes.Runs?.Count
        ?? Study.Models.Count * Study.Labels.Count * Study.Seeds.Count
            * (Study.Folds.Count > 0 ? Study.Folds.Count : Results.Select(run => run.Fold).Distinct().Count());

    public bool Partial => Results.Count < Planned;

    /// <summary>What a reader of an unfinished study must know.</summary>
    public string PartialText
    {
        get
        {
            string? change = Notes.Missing(Results.Select(run => run.Key)) is string missing
                ? $"The figures will change. Missing: {missing}."
                : Notes.Failures is null ? "The figures will change." : null;
            return string.Join(' ', new[] { change, Notes.Failures }.OfType<string>());
        }
    }

    /// <summary>Pairs of a label set on the clips as recorded.</summary>
    public IReadOnlyList<StudyPair> PairsOf(string labels) => [.. Pairs.Where(pair => pair.Labels == labels)];

    /// <summary>Pairs of a label set under all conditions in one pool.</summary>
    public IReadOnlyList<StudyPair> ConditionPairsOf(string labels) =>
        [.. ConditionPairs.Where(pair => pair.Condition is null && pair.Pair.Labels == labels).Select(pair => pair.Pair)];

    public IEnumerable<SystemSummary> RowsOf(string labels) => Rows.Where(row => row.Labels == labels);

    /// <summary>As <see cref="RunResult.SameRuns"/>, of one label set.</summary>
    public bool SameRuns(string labels) => RunResult.SameRuns(Results.Where(run => run.Labels == labels));
}
