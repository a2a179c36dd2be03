using ScottPlot;
using ScottPlot.Plottables;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reporting;

/// <summary>A confusion matrix with its title.</summary>
/// <param name="Matrix">The counts.</param>
/// <param name="Title">Title, such as `CNN, four classes: UAR 61.2 % [57.0, 65.1]`.</param>
public sealed record TitledMatrix(ConfusionMatrix Matrix, string Title);

/// <summary>Confusion matrices as static pictures: count and row percentage in each cell, true class by answer, classes
/// in their fixed order.</summary>
public static class ConfusionPicture
{
    private const int Gap = 14;
    private const int LabelWidth = 92;
    private const int MostWidth = 1560;

    /// <summary>Arranges matrices in a grid, each as large as its classes need, and no more of them in a row than can be read at a page's
    /// width: three, or two of eight classes.</summary>
    /// <param name="groups">Matrices, one or more in all; each group begins a row.</param>
    public static Picture Grid(IReadOnlyList<IReadOnlyList<TitledMatrix>> groups)
    {
        // The widest matrix sets the width of every column, so that they line up.
        int place = groups.Max(group => group.Max(Width)), top = Gap;
        int columns = Math.Min(Math.Clamp(MostWidth / (place + Gap), 1, 3), groups.Max(group => group.Count));
        List<PicturePart> parts = [];
        foreach (TitledMatrix[] row in groups.SelectMany(group => group.Chunk(columns)))
        {
            int height = row.Max(Side) + 112;
            for (int i = 0; i < row.Length; i++)
            {
                int width = Width(row[i]), left = Gap + i * (place + Gap) + (place - width) / 2;
                parts.Add(new PicturePart(Plot(row[i], width, height), left, top, width, height));
            }

            top += height + Gap;
        }

        return new Picture(Gap + columns * (place + Gap), top, parts);
    }

    private static int Cell(int classes) => Math.Max(62, 320 / Math.Max(classes, 1));

    private static int Side(TitledMatrix item) => Cell(item.Matrix.Classes.Count) * item.Matrix.Classes.Count;

    private static int Width(TitledMatrix item) => LabelWidth + Side(item) + 24;

    private static Plot Plot(TitledMatrix item, int width, int height)
    {
        ConfusionMatrix matrix = item.Matrix;
        int classes = matrix.Classes.Count, cell = Cell(classes), side = Side(item);
        Plot plot = PlotStyle.NewPlot();
        for (int truth = 0; truth < classes; truth++)
        {
            for (int predicted = 0; predicted < classes; predicted++)
            {
                AddCell(plot, matrix, truth, predicted, cell);
            }
        }

        double[] places = [.. Enumerable.Range(0, classes).Select(i => (double)i)];
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(places, [.. matrix.Classes]);
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. places.Reverse()], [.. matrix.Classes]);
        PlotStyle.Apply(plot);
        plot.HideGrid();
        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            axis.FrameLineStyle.Width = 0;
            axis.MajorTickStyle.Length = 0;
            axis.MinorTickStyle.Length = 0;
        }

        plot.XLabel("predicted", PlotStyle.LabelSize);
        plot.YLabel("true", PlotStyle.LabelSize);
        plot.Title(Wrapped(item.Title, width), PlotStyle.TitleSize);
        plot.Axes.SetLimits(-0.5, classes - 0.5, -0.5, classes - 0.5);
        plot.Layout.Fixed(new PixelPadding(LabelWidth, width - LabelWidth - side, height - side - 56, 56));
        return plot;
    }

    private static void AddCell(Plot plot, ConfusionMatrix matrix, int truth, int predicted, int cell)
    {
        double share = matrix.RowShare(truth, predicted);
        double x = predicted, y = matrix.Classes.Count - 1 - truth;
        string colour = CellColour.Background(share);
        Rectangle rectangle = plot.Add.Rectangle(x - 0.5, x + 0.5, y - 0.5, y + 0.5);
        rectangle.FillColor = Color.FromHex(colour);
        rectangle.LineColor = Colors.White;
        rectangle.LineWidth = 1.5f;
        AddText($"{ReportText.Percent(share)} %", y + 0.13, Math.Min(16, cell * 0.22f), true);
        AddText(ReportText.Count(matrix[truth, predicted]), y - 0.2, Math.Min(13, cell * 0.2f), false);

        void AddText(string value, double height, float size, bool bold)
        {
            Text text = plot.Add.Text(value, x, height);
            text.LabelAlignment = Alignment.MiddleCenter;
            text.LabelFontSize = size;
            text.LabelBold = bold;
            text.LabelFontColor = Color.FromHex(CellColour.Text(colour));
        }
    }

    /// <summary>Breaks the line after a title's last colon if the title is too wide for its plot.</summary>
    private static string Wrapped(string title, int width) =>
        title.Length * PlotStyle.TitleSize * 0.55 > width && title.LastIndexOf(": ", StringComparison.Ordinal) is int colon and > 0
            ? title[..colon] + "\n" + title[(colon + 2)..]
            : title;
}
