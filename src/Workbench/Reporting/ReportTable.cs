using System.Text;

namespace SpeechEmotion.Reporting;

/// <summary>A table of a report, which can be shown as HTML and as Markdown.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Header">Column names.</param>
/// <param name="Rows">Values; the first names the row, and the columns after <paramref name="TextColumns"/> are aligned as numbers.</param>
/// <param name="TextColumns">Number of leading columns that hold words.</param>
/// <param name="Verdict">True where the last column holds words too.</param>
internal sealed record ReportTable(
    string Caption, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows, int TextColumns = 1, bool Verdict = false)
{
    public string ToHtml()
    {
        string caption = HtmlPage.Escape(Caption);
        StringBuilder html = new($"""<div class="scroll" role="region" tabindex="0" aria-label="{caption}">""");
        html.Append($"<table><caption><span>{caption}</span></caption><thead><tr>")
            .AppendJoin("", Header.Select((name, i) => $"""<th scope="col"{Class(i)}>{HtmlPage.Escape(name)}</th>"""))
            .Append("</tr></thead>\n<tbody>\n");
        foreach (IReadOnlyList<string> row in Rows)
        {
            html.Append("<tr>").AppendJoin("", row.Select((value, i) => i == 0
                ? $"""<th scope="row">{HtmlPage.Escape(value)}</th>"""
                : $"<td{Class(i)}>{Cell(value)}</td>")).Append("</tr>\n");
        }

        return html.Append("</tbody></table></div>\n").ToString();
    }

    public string ToMarkdown()
    {
        StringBuilder text = new();
        Line(Header.Select(EscapeMarkdown));
        Line(Header.Select((_, i) => IsText(i) ? "---" : "---:"));
        foreach (IReadOnlyList<string> row in Rows)
        {
            Line(row.Select(EscapeMarkdown));
        }

        return text.ToString();

        void Line(IEnumerable<string> values) => text.Append("| ").AppendJoin(" | ", values).Append(" |\n");
    }

    /// <summary>Escapes a value so that it is not read as Markdown or HTML.</summary>
    public static string EscapeMarkdown(string value)
    {
        StringBuilder text = new();
        string line = value.ReplaceLineEndings(" ");
        for (int i = 0; i < line.Length; i++)
        {
            // Before a space, a less-than sign is only that; before anything else it may open an element.
            text.Append(line[i] switch
            {
                '<' when i + 1 == line.Length || line[i + 1] != ' ' => "&lt;",
                '&' => "&amp;",
                '|' or '*' or '_' or '`' or '\\' or '[' or ']' => $"\\{line[i]}",
                char c => c.ToString(),
            });
        }

        return text.ToString();
    }

    /// <summary>HTML of a cell: a figure's interval goes below it, so that a table with many intervals fits the page.</summary>
    private static string Cell(string value) => value.EndsWith(']') && value.IndexOf(" [", StringComparison.Ordinal) is int at and > 0
        ? $"{HtmlPage.Escape(value[..at])}<span class=\"below\">{HtmlPage.Escape(value[at..])}</span>"
        : HtmlPage.Escape(value);

    private bool IsText(int column) => column < TextColumns || (Verdict && column == Header.Count - 1);

    private string Class(int column) => IsText(column) ? "" : " class=\"n\"";
}
