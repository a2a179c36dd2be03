using ScottPlot;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reporting;

/// <summary>Reliability diagrams (Niculescu-Mizil and Caruana, 2005): share of right answers against confidence, before and after
/// temperature scaling.</summary>
internal static class ReliabilityPicture
{
    /// <summary>Draws them side by side.</summary>
    /// <param name="before">Predictions at temperature 1.</param>
    /// <param name="after">The same predictions, scaled.</param>
    public static Picture Of(IReadOnlyList<Prediction> before, IReadOnlyList<Prediction> after) =>
        Picture.Tile([Diagram("as trained", before), Diagram("after temperature scaling", after)], 2, 420, 360);

    private static Plot Diagram(string title, IReadOnlyList<Prediction> rows)
    {
        Plot plot = PlotStyle.NewPlot();
        plot.Add.Line(0, 0, 100, 100).Color = Color.FromHex("#9AA0A6");
        foreach (CalibrationBin bin in Calibration.Bins(rows))
        {
            double share = (double)bin.Clips / rows.Count;
            float size = 6 + (float)(30 * Math.Sqrt(share));
            ScottPlot.Plottables.Marker marker = plot.Add.Marker(
                100 * bin.Confidence, 100 * bin.Accuracy, MarkerShape.FilledCircle, size, PlotStyle.Colour(0).WithAlpha(0.75));
            marker.MarkerLineWidth = 0;
        }

        PlotStyle.Apply(plot);
        plot.Axes.SetLimits(0, 100, 0, 100);
        plot.Title($"{title}: error {ReportText.Percent(Calibration.Error(rows))}", PlotStyle.TitleSize);
        plot.XLabel("confidence, % (size: share of clips)", PlotStyle.LabelSize);
        plot.YLabel("right answers, %", PlotStyle.LabelSize);
        plot.HideLegend();
        return plot;
    }
}
