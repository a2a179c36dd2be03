using System.Net;
using System.Reflection;

namespace SpeechEmotion.Reporting;

/// <summary>Builds pages, each one file that needs no network. The style and, where there are charts, Plotly's script are embedded once,
/// and the content security policy forbids any request.</summary>
internal static class HtmlPage
{
    private const string ContentPolicy =
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:";

    private static readonly Lazy<string> Plotly = new(ReadPlotly);

    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Builds a page.</summary>
    /// <param name="title">Title, plain text.</param>
    /// <param name="body">Content, HTML.</param>
    public static string Build(string title, string body) => $$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="{{ContentPolicy}}">
        <title>{{Escape(title)}}</title>
        <style>
        {{ReportStyle.Css}}
        </style>
        </head>
        <body>
        <main>
        {{body}}
        </main>
        {{(body.Contains("class=\"plot\"", StringComparison.Ordinal) ? $"<script>{Plotly.Value}</script>" : "")}}
        <script>
        {{ReportStyle.Script}}
        </script>
        </body>
        </html>

        """;

    /// <summary>HTML of a chart, which the page's script draws from the figure's JSON.</summary>
    /// <param name="figure">Plotly's `data` and `layout`, JSON.</param>
    /// <param name="caption">Caption, plain text; also read out to those who cannot see the chart.</param>
    /// <param name="height">Height in pixels.</param>
    public static string Chart(string figure, string caption, int height)
    {
        // A less-than sign would let a class name close the script element.
        string json = figure.Replace("<", "\\u003c", StringComparison.Ordinal);
        string title = Escape(caption);
        return $"<figure><figcaption>{title}</figcaption>"
            + $"""<div class="plot" role="img" aria-label="{title}" style="height:{height}px"></div>"""
            + $"""<script type="application/json">{json}</script></figure>""" + "\n";
    }

    private static string ReadPlotly()
    {
        Assembly assembly = typeof(Plotly.NET.GenericChart).Assembly;
        string name = assembly.GetManifestResourceNames().Single(resource => resource.EndsWith(".min.js", StringComparison.Ordinal));
        using Stream stream = assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
