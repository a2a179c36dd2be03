using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reporting;

/// <summary>The pictures of one run.</summary>
public static class RunReport
{
    /// <summary>Writes `confusion.html`, `confusion.png` and `confusion.svg`.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="run">The finished run.</param>
    /// <param name="note">A sentence below the page's title, such as that the voice is synthetic or that speakers overlap; empty for none.</param>
    /// <exception cref="InputException">A prediction's class is outside the run's classes.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(string folder, RunResult run, string note)
    {
        MetricsSummary metrics = Metrics.Compute(run.Predictions, run.Classes);
        Interval? interval = Bootstrap.UarInterval(run.Predictions, run.Classes.Count);
        TitledMatrix matrix = new(metrics.Confusion, ReportText.Title(run.Model, run.Labels, metrics.Uar, interval));
        ConfusionPage.Write(Path.Combine(folder, "confusion.html"), matrix, note);
        ConfusionPicture.SavePng(Path.Combine(folder, "confusion.png"), matrix);
        ConfusionPicture.SaveSvg(Path.Combine(folder, "confusion.svg"), matrix);
    }
}
