using System.Globalization;
using SpeechEmotion.Evaluation;
using static System.FormattableString;

namespace SpeechEmotion.Reporting;

/// <summary>Formats numbers and names for reports, in one place so that pages, pictures and tables agree.</summary>
public static class ReportText
{
    /// <summary>Placeholder for a missing figure.</summary>
    public const string None = "–";

    /// <summary>Below this p-value a difference is called significant.</summary>
    public const double Alpha = 0.05;

    private static readonly string[] Numbers = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    /// <summary>A share as a percentage with one decimal, without the percent sign: 0.612 → `61.2`.</summary>
    /// <param name="share">Share, 0 to 1; NaN or null gives a dash.</param>
    public static string Percent(double? share) =>
        share is double value && double.IsFinite(value) ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture) : None;

    /// <summary>A share with its interval where there is one, in percent: `61.2 [57.0, 65.1]`.</summary>
    /// <param name="share">Share, 0 to 1.</param>
    /// <param name="interval">95 % interval, or null.</param>
    public static string Figure(double share, Interval? interval) =>
        interval is null ? Percent(share) : $"{Percent(share)} {Range(interval)}";

    /// <summary>A difference in percentage points with its sign: 0.051 → `+5.1`.</summary>
    /// <param name="difference">Difference of two shares.</param>
    public static string Points(double difference) =>
        double.IsFinite(difference) ? (100 * difference).ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture) : None;

    /// <summary>A deviation in percentage points: `± 2.3`, or a dash where there is none (a single value has no deviation).</summary>
    /// <param name="deviation">Standard deviation of shares, or null.</param>
    public static string Deviation(double? deviation) => deviation is null ? None : $"± {Percent(deviation)}";

    /// <summary>An interval of shares in percent, `[57.0, 65.1]`, or a dash where there is none.</summary>
    /// <param name="interval">Interval of shares, or null.</param>
    public static string Range(Interval? interval) => interval is null ? None : $"[{Percent(interval.Low)}, {Percent(interval.High)}]";

    /// <summary>An interval of differences in percentage points, `[−1.0, +3.2]`, or a dash.</summary>
    /// <param name="interval">Interval of differences, or null.</param>
    public static string PointsRange(Interval? interval) => interval is null ? None : $"[{Points(interval.Low)}, {Points(interval.High)}]";

    /// <summary>A p-value with three decimals: `0.031`, `&lt; 0.001`.</summary>
    /// <param name="p">P-value, 0 to 1.</param>
    public static string P(double p) => p < 0.001 ? "< 0.001" : p.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>`p = 0.031` or `p &lt; 0.001`.</summary>
    /// <param name="p">P-value, 0 to 1.</param>
    public static string PEquals(double p) => p < 0.001 ? "p < 0.001" : Invariant($"p = {p:0.000}");

    /// <summary>A whole number with commas between groups of three digits: `1,440`.</summary>
    /// <param name="count">The number.</param>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number with a metric prefix: `182 k`, `1.24 M`, `3.1 G`. A value that rounds to 1,000 of one prefix is written as 1 of
    /// the next.</summary>
    /// <param name="value">The number, 0 or more.</param>
    public static string Rounded(double value) => value switch
    {
        >= 999.995e6 => Invariant($"{value / 1e9:0.##} G"),
        >= 999.5e3 => Invariant($"{value / 1e6:0.##} M"),
        >= 1e4 => Invariant($"{value / 1e3:0} k"),
        >= 999.995 => Invariant($"{value / 1e3:0.#} k"),
        _ => Invariant($"{value:0.##}"),
    };

    /// <summary>A duration: `48 s`, `12 min 5 s`, `3 h 20 min`.</summary>
    /// <param name="seconds">Duration in seconds.</param>
    public static string Duration(double seconds)
    {
        TimeSpan time = TimeSpan.FromSeconds(Math.Round(seconds));
        return time switch
        {
            { TotalMinutes: < 1 } => seconds < 10 ? Invariant($"{seconds:0.0} s") : $"{time.Seconds} s",
            { TotalHours: < 1 } => $"{time.Minutes} min {time.Seconds} s",
            _ => $"{(int)time.TotalHours} h {time.Minutes} min",
        };
    }

    /// <summary>Display name of a label set: `four classes`, or `labels mine`.</summary>
    /// <param name="labels">Label set name.</param>
    public static string LabelSet(string labels) => Numbers.Contains(labels) ? $"{labels} classes" : $"labels {labels}";

    /// <summary>`CNN, four classes: UAR 61.2 % [57.0, 65.1]`; without an interval where there is one speaker.</summary>
    /// <param name="model">Model name.</param>
    /// <param name="labels">Label set name.</param>
    /// <param name="uar">UAR, 0 to 1.</param>
    /// <param name="interval">95 % interval, or null.</param>
    public static string Title(string model, string labels, double uar, Interval? interval) =>
        $"{model}, {LabelSet(labels)}: UAR {Percent(uar)} %" + (interval is null ? "" : $" {Range(interval)}");

    /// <summary>`a`, `a and b`, `a, b and c`.</summary>
    /// <param name="items">The items; at least one.</param>
    public static string List(IReadOnlyList<string> items) =>
        items.Count < 2 ? string.Concat(items) : $"{string.Join(", ", items.Take(items.Count - 1))} and {items[^1]}";

    /// <summary>`1 run`, `2 runs`.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">The word in the singular.</param>
    public static string Plural(int count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";
}
