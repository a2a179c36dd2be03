using ScottPlot;
using ScottPlot.Plottables;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reporting;

/// <summary>A confusion matrix and what is written over it.</summary>
/// <param name="Matrix">The counts.</param>
/// <param name="Title">Title, such as `CNN, four classes: UAR 61.2 % [57.0, 65.1]`.</param>
public sealed record TitledMatrix(ConfusionMatrix Matrix, string Title);

/// <summary>Confusion matrices as static pictures: count and row percentage in each cell, true class by answer, classes in their fixed order.</summary>
public static class ConfusionPicture
{
    private const int Gap = 14;
    private const int LabelWidth = 92;

    /// <summary>Writes one matrix as PNG.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="matrix">The matrix and its title.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void SavePng(string path, TitledMatrix matrix) => Grid([matrix], 1).SavePng(path);

    /// <summary>Writes one matrix as SVG.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="matrix">The matrix and its title.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void SaveSvg(string path, TitledMatrix matrix) => Grid([matrix], 1).SaveSvg(path);

    /// <summary>Places matrices side by side, each as large as its classes need.</summary>
    /// <param name="matrices">One or more, row after row; null leaves a place empty.</param>
    /// <param name="columns">Matrices in a row.</param>
    public static Picture Grid(IReadOnlyList<TitledMatrix?> matrices, int columns)
    {
        List<PicturePart> parts = [];
        int top = Gap, width = 0;
        foreach (TitledMatrix?[] row in matrices.Chunk(columns))
        {
            // The widest of a row sets its width, so columns line up where rows hold the same label set.
            int classes = row.Max(item => item?.Matrix.Classes.Count ?? 0);
            int cell = Cell(classes), side = cell * classes;
            int partWidth = LabelWidth + side + 24, partHeight = side + 118;
            for (int i = 0; i < row.Length; i++)
            {
                if (row[i] is TitledMatrix item)
                {
                    parts.Add(new PicturePart(Plot(item, cell, partWidth, partHeight), Gap + i * (partWidth + Gap), top, partWidth, partHeight));
                }
            }

            width = Math.Max(width, Gap + row.Length * (partWidth + Gap));
            top += partHeight + Gap;
        }

        return new Picture(width, top, parts);
    }

    private static int Cell(int classes) => Math.Max(58, 320 / Math.Max(classes, 1));

    private static Plot Plot(TitledMatrix item, int cell, int width, int height)
    {
        ConfusionMatrix matrix = item.Matrix;
        int classes = matrix.Classes.Count, side = cell * classes;
        Plot plot = new();
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
        AddText(ReportText.Percent(share), y + 0.13, Math.Min(16, cell * 0.25f), true);
        AddText(ReportText.Count(matrix[truth, predicted]), y - 0.2, Math.Min(12, cell * 0.2f), false);

        void AddText(string value, double height, float size, bool bold)
        {
            Text text = plot.Add.Text(value, x, height);
            text.LabelAlignment = Alignment.MiddleCenter;
            text.LabelFontSize = size;
            text.LabelBold = bold;
            text.LabelFontColor = Color.FromHex(CellColour.Text(colour));
        }
    }

    /// <summary>Breaks a title that its plot has no room for after the colon.</summary>
    private static string Wrapped(string title, int width) =>
        title.Length * PlotStyle.TitleSize * 0.55 > width && title.LastIndexOf(": ", StringComparison.Ordinal) is int colon and > 0
            ? title[..colon] + "\n" + title[(colon + 2)..]
            : title;
}
