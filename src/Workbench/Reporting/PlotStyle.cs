using ScottPlot;
using SkiaSharp;

namespace SpeechEmotion.Reporting;

/// <summary>What the static pictures have in common.</summary>
internal static class PlotStyle
{
    public const float TitleSize = 15;
    public const float LabelSize = 13;

    /// <summary>Okabe and Ito's colours, told apart with any colour vision; those that are too pale on white or too dark
    /// on black are left out.</summary>
    public static readonly IReadOnlyList<string> Palette =
        ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#B8860B", "#56B4E9", "#8C6BB1", "#7F7F7F"];

    private static readonly MarkerShape[] Shapes =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledDiamond,
        MarkerShape.FilledTriangleUp, MarkerShape.FilledTriangleDown,
    ];

    private static readonly string[] Fonts =
        ["Inter", "Helvetica Neue", "Segoe UI", "Liberation Sans", "Arial", "DejaVu Sans", "Noto Sans", "Open Sans"];

    private static readonly Lazy<string> Font = new(ChooseFont);

    /// <summary>An empty plot in the first of the usual sans-serif fonts that the machine has, or in the shipped one.</summary>
    public static Plot NewPlot()
    {
        ScottPlot.Fonts.Default = Font.Value;
        return new Plot();
    }

    private static string ChooseFont()
    {
        if (Fonts.Intersect(SKFontManager.Default.FontFamilies).FirstOrDefault() is string name)
        {
            return name;
        }

        ScottPlot.Fonts.FontResolvers.Insert(0, new ShippedFont());
        return ShippedFont.Name;
    }

    public static Color Colour(int index) => Color.FromHex(Hex(index));

    public static string Hex(int index) => Palette[index % Palette.Count];

    public static MarkerShape Shape(int index) => Shapes[index % Shapes.Length];

    public static void Apply(Plot plot)
    {
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        plot.Grid.MajorLineColor = Color.FromHex("#E6E8EB");
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            axis.TickLabelStyle.FontSize = 12;
            axis.TickLabelStyle.ForeColor = Color.FromHex("#222222");
            axis.FrameLineStyle.Color = Color.FromHex("#9AA0A6");
            axis.MinorTickStyle.Length = 0;
        }

        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.FontSize = 12;
    }
}
