using ScottPlot;
using SkiaSharp;

namespace SpeechEmotion.Reporting;

/// <summary>The common style of the static pictures.</summary>
internal static class PlotStyle
{
    public const float TitleSize = 15;
    public const float LabelSize = 13;

    /// <summary>Five of Okabe and Ito's colours, distinguishable with any colour vision, and three added ones: a dark yellow, a violet and
    /// a grey. Okabe and Ito's other colours are left out: they are too pale on white or too dark on black.</summary>
    public static readonly IReadOnlyList<string> Palette =
        ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#B8860B", "#56B4E9", "#8C6BB1", "#7F7F7F"];

    private static readonly MarkerShape[] Shapes =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledDiamond,
        MarkerShape.FilledTriangleUp, MarkerShape.FilledTriangleDown,
    ];

    private static readonly MarkerShape[] OpenShapes =
    [
        MarkerShape.OpenCircle, MarkerShape.OpenSquare, MarkerShape.OpenDiamond,
        MarkerShape.OpenTriangleUp, MarkerShape.OpenTriangleDown,
    ];

    private static readonly string[] Fonts =
        ["Inter", "Helvetica Neue", "Segoe UI", "Liberation Sans", "Arial", "DejaVu Sans", "Noto Sans", "Open Sans"];

    private static readonly Lazy<string> Font = new(ChooseFont);

    /// <summary>An empty plot. Its font is the first of the usual sans-serif fonts that the machine has, or else the shipped one.</summary>
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

    /// <summary>True where the palette repeats, so that something other than colour must distinguish the model.</summary>
    public static bool Repeats(int index) => index >= Palette.Count;

    public static MarkerShape Shape(int index) => Shapes[index % Shapes.Length];

    /// <summary>Marker shape of a label set for a model: filled, or open where the palette repeats.</summary>
    public static MarkerShape Shape(int set, int model) => (Repeats(model) ? OpenShapes : Shapes)[set % Shapes.Length];

    /// <summary>Line pattern of a model, dashed for a second value; other patterns where the palette repeats.</summary>
    public static LinePattern Pattern(int model, bool dashed) => Repeats(model)
        ? dashed ? LinePattern.DenselyDashed : LinePattern.Dotted
        : dashed ? LinePattern.Dashed : LinePattern.Solid;

    /// <summary>As <see cref="Pattern"/>, by Plotly's names.</summary>
    public static string Dash(int model, bool dashed) => Repeats(model)
        ? dashed ? "dashdot" : "dot"
        : dashed ? "dash" : "solid";

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
