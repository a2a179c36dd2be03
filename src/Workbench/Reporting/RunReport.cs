using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reporting;

/// <summary>The pictures of one run.</summary>
public static class RunReport
{
    /// <summary>Writes `confusion.html`, `confusion.png` and `confusion.svg`.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="model">Model name to show.</param>
    /// <param name="labels">Label set name.</param>
    /// <param name="scored">The scored predictions and their classes.</param>
    /// <param name="note">A sentence below the page's title, such as that the voice is synthetic or that speakers
    /// overlap; empty for none.</param>
    /// <exception cref="InputException">A prediction's class is outside its classes.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(string folder, string model, string labels, PredictionTable scored, string note)
    {
        MetricsSummary metrics = Metrics.Compute(scored.Rows, scored.Classes);
        Interval? interval = Bootstrap.UarInterval(scored.Rows, scored.Classes.Count);
        TitledMatrix matrix = new(metrics.Confusion, ReportText.Title(model, labels, metrics.Uar, interval));
        ConfusionPage.Write(Path.Combine(folder, "confusion.html"), matrix, note);
        Picture picture = ConfusionPicture.Grid([[matrix]]);
        picture.SavePng(Path.Combine(folder, "confusion.png"));
        picture.SaveSvg(Path.Combine(folder, "confusion.svg"));
    }
}
