namespace SpeechEmotion.Reporting;

/// <summary>Colours of a confusion matrix's cells: from near white at 0 to deep blue at 1, in one hue so that they are readable without
/// colour vision and in print.</summary>
public static class CellColour
{
    private static readonly (byte R, byte G, byte B)[] Stops =
        [(0xF7, 0xFA, 0xFD), (0xC6, 0xDB, 0xEF), (0x6B, 0xAE, 0xD6), (0x21, 0x71, 0xB5), (0x08, 0x30, 0x6B)];

    /// <summary>The colour of a cell (ColorBrewer's Blues, linear between five stops).</summary>
    /// <param name="share">Share of the row, 0 to 1; NaN (a class without clips) takes the colour of 0.</param>
    /// <returns>`#RRGGBB`.</returns>
    public static string Background(double share)
    {
        double place = (double.IsNaN(share) ? 0 : Math.Clamp(share, 0, 1)) * (Stops.Length - 1);
        int below = Math.Min((int)place, Stops.Length - 2);
        double part = place - below;
        (byte R, byte G, byte B) low = Stops[below], high = Stops[below + 1];
        return $"#{Mix(low.R, high.R):X2}{Mix(low.G, high.G):X2}{Mix(low.B, high.B):X2}";

        byte Mix(byte from, byte to) => (byte)Math.Round(from + part * (to - from));
    }

    /// <summary>Black or white, whichever has more contrast. One of the two always reaches a contrast of √21 = 4.58, above the 4.5 that
    /// WCAG 2.1 (1.4.3) requires.</summary>
    /// <param name="background">`#RRGGBB`.</param>
    public static string Text(string background) =>
        Contrast("#000000", background) >= Contrast("#FFFFFF", background) ? "#000000" : "#FFFFFF";

    /// <summary>Contrast ratio of two colours, 1 to 21 (WCAG 2.1).</summary>
    /// <param name="first">`#RRGGBB`.</param>
    /// <param name="second">`#RRGGBB`.</param>
    public static double Contrast(string first, string second)
    {
        double a = Luminance(first), b = Luminance(second);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        return 0.2126 * Linear(1) + 0.7152 * Linear(3) + 0.0722 * Linear(5);

        double Linear(int start)
        {
            double value = Convert.ToInt32(colour.Substring(start, 2), 16) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
    }
}
