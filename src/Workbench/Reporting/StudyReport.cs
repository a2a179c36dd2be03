using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reporting;

/// <summary>A study's report: an HTML page, the same as Markdown, CSV tables for other programs, and pictures.</summary>
public static class StudyReport
{
    /// <summary>Writes `report.html`, `report.md`, `table.csv` and `pairs.csv` and the pictures `confusion.png`, `confusion.svg`,
    /// `uar.png` and `cost.png`, and `learning.png` if a run has two epochs; for a study with conditions also `conditions.csv` and
    /// `condition_pairs.csv`, and `conditions.png` if a model was scored under every condition.</summary>
    /// <param name="folder">Where the files go; created if it is missing.</param>
    /// <param name="study">The study.</param>
    /// <param name="results">Finished runs, at least one, in any order.</param>
    /// <param name="notes">What the report says that the results do not contain.</param>
    /// <param name="listeners">What human listeners confuse, shown beside what all models confuse; null leaves it out.</param>
    /// <exception cref="InputException">A run is given twice, or two models were tested on different clips of one fold.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(
        string folder, StudyConfig study, IReadOnlyList<RunResult> results, StudyNotes notes, Listeners? listeners = null)
    {
        StudyView view = StudyView.Of(study, results, notes, listeners);
        Picture grid = ConfusionGrid(view);
        grid.SavePng(In("confusion.png"));
        grid.SaveSvg(In("confusion.svg"));
        UarPicture.Of(view.Rows).SavePng(In("uar.png"));
        CostPicture.Of(view.Rows).SavePng(In("cost.png"));
        StudyFiles.WriteSystems(In("table.csv"), view);
        StudyFiles.WritePairs(In("pairs.csv"), view);
        if (view.Conditions.Count > 0)
        {
            StudyFiles.WriteConditions(In("conditions.csv"), view);
            StudyFiles.WriteConditionPairs(In("condition_pairs.csv"), view);
        }
        else
        {
            File.Delete(In("conditions.csv"));
            File.Delete(In("condition_pairs.csv"));
        }

        SaveOrDelete(LearningPicture.Of(view.Results), In("learning.png"));
        SaveOrDelete(ConditionPicture.Of(view), In("conditions.png"));
        AtomicFile.WriteText(In("report.md"), StudyMarkdown.Of(view));
        AtomicFile.WriteText(In("report.html"), HtmlPage.Build($"Study {study.Name}", Body(view)));

        string In(string name) => Path.Combine(folder, name);
    }

    /// <summary>Writes a picture, or removes one of an earlier report that this one does not have.</summary>
    private static void SaveOrDelete(Picture? picture, string path)
    {
        if (picture is null)
        {
            File.Delete(path);
        }
        else
        {
            picture.SavePng(path);
        }
    }

    private static string Body(StudyView view) => string.Concat(
        StudySections.Head(view), StudySections.Scores(view), StudySections.Significance(view),
        StudySections.Confusion(view), StudySections.Shared(view), StudySections.Conditions(view),
        StudySections.Learning(view), StudySections.Cost(view), StudySections.Foot(view));

    /// <summary>The systems of each label set from a new row on.</summary>
    private static Picture ConfusionGrid(StudyView view) => ConfusionPicture.Grid(
        [.. view.Sets.Select(set => (IReadOnlyList<TitledMatrix>)[.. view.RowsOf(set).Select(row =>
            new TitledMatrix(row.Metrics.Confusion, ReportText.Title(row.Model, row.Labels, row.Metrics.Uar, row.UarInterval)))])]);
}
