using System.Text;
using ScottPlot;
using SkiaSharp;

namespace SpeechEmotion.Reporting;

/// <summary>Plots placed on one white sheet, drawn without a browser.</summary>
/// <param name="Width">Width in pixels at normal density.</param>
/// <param name="Height">Height in pixels at normal density.</param>
/// <param name="Parts">Plots and where they lie on the sheet, in those pixels.</param>
public sealed record Picture(int Width, int Height, IReadOnlyList<PicturePart> Parts)
{
    // Twice the pixels, so that text is sharp on a dense screen and in print.
    private const int Density = 2;

    private const int Margin = 16;

    /// <summary>Arranges plots of one size in rows.</summary>
    /// <param name="plots">The plots, row by row.</param>
    /// <param name="columns">Number of plots per row.</param>
    /// <param name="width">Width of each in pixels.</param>
    /// <param name="height">Height of each in pixels.</param>
    internal static Picture Tile(IReadOnlyList<Plot> plots, int columns, int width, int height)
    {
        columns = Math.Min(columns, plots.Count);
        int rows = (plots.Count + columns - 1) / columns;
        return new Picture(columns * (width + Margin) + Margin, rows * (height + Margin) + Margin, [.. plots.Select((plot, i) =>
            new PicturePart(plot, Margin + i % columns * (width + Margin), Margin + i / columns * (height + Margin), width, height))]);
    }

    /// <summary>Writes a PNG of twice the width and height.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SavePng(string path)
    {
        using SKSurface surface = SKSurface.Create(new SKImageInfo(Width * Density, Height * Density));
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Scale(Density);
        Draw(surface.Canvas);
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        AtomicFile.Write(path, data.SaveTo);
    }

    /// <summary>Writes an SVG that scales to its place on a page.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SaveSvg(string path)
    {
        // A plot's first rendering draws everything twice to find its layout; the file should hold it once.
        using (SKNoDrawCanvas nowhere = new(Width, Height))
        {
            Draw(nowhere);
        }

        using MemoryStream stream = new();
        using (SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, Width, Height), stream))
        using (SKPaint white = new() { Color = SKColors.White })
        {
            canvas.DrawRect(0, 0, Width, Height, white);
            Draw(canvas);
        }

        // Skia writes no view box, and without one a browser crops the picture instead of shrinking it.
        string svg = Encoding.UTF8.GetString(stream.ToArray());
        AtomicFile.WriteText(path, svg.Contains("viewBox", StringComparison.Ordinal)
            ? svg
            : svg.Replace("<svg ", $"<svg viewBox=\"0 0 {Width} {Height}\" ", StringComparison.Ordinal));
    }

    private void Draw(SKCanvas canvas)
    {
        foreach (PicturePart part in Parts)
        {
            // The parts share one canvas, so a part must not clear the others.
            part.Plot.RenderManager.ClearCanvasBeforeEachRender = false;
            part.Plot.Render(canvas, new PixelRect(part.Left, part.Left + part.Width, part.Top + part.Height, part.Top));
        }
    }
}

/// <summary>A plot and its place on a sheet.</summary>
/// <param name="Plot">The plot.</param>
/// <param name="Left">Left edge in pixels.</param>
/// <param name="Top">Top edge in pixels.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
public sealed record PicturePart(Plot Plot, int Left, int Top, int Width, int Height);
