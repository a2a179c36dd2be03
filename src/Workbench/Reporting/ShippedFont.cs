using System.Reflection;
using ScottPlot;
using SkiaSharp;

namespace SpeechEmotion.Reporting;

/// <summary>The font of pictures on machines that have none, as containers often do: Skia draws no text there, and a matrix without numbers
/// says nothing. It is DejaVu Sans cut down to Latin, Greek and Cyrillic letters; its licence lies beside it.</summary>
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
