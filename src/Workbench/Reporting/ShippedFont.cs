using System.Reflection;
using ScottPlot;
using SkiaSharp;

namespace SpeechEmotion.Reporting;

/// <summary>Font of the pictures on machines that have none, such as many containers: without a font Skia draws no text, and a matrix would
/// have no numbers. It is DejaVu Sans reduced to Latin, Greek and Cyrillic letters; its licence is beside it in Fonts.</summary>
internal sealed class ShippedFont : IFontResolver
{
    public const string Name = "DejaVu Sans";

    private readonly SKTypeface regular = Load("DejaVuSans.ttf"), bold = Load("DejaVuSans-Bold.ttf");

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        CreateTypeface(fontName, weight >= FontWeight.SemiBold, false);

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? bold ? this.bold : regular : null;

    private static SKTypeface Load(string file)
    {
        Assembly assembly = typeof(ShippedFont).Assembly;
        string name = assembly.GetManifestResourceNames().Single(resource => resource.EndsWith($".{file}", StringComparison.Ordinal));
        using Stream stream = assembly.GetManifestResourceStream(name)!;
        return SKTypeface.FromStream(stream);
    }
}
