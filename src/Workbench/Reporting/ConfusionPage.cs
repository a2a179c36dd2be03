namespace SpeechEmotion.Reporting;

/// <summary>One interactive confusion matrix as a page that works offline.</summary>
public static class ConfusionPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="matrix">The matrix and its title.</param>
    /// <param name="note">A sentence below the title, such as that the voice is synthetic; empty for none.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, TitledMatrix matrix, string note = "")
    {
        int classes = matrix.Matrix.Classes.Count;
        const string Caption = "Rows are true classes, columns answers. Each cell: share of its row, and clips.";
        AtomicFile.WriteText(path, HtmlPage.Build(matrix.Title, $"""
            <h1>{HtmlPage.Escape(matrix.Title)}</h1>
            {(note.Length == 0 ? "" : $"<p class=\"note\">{HtmlPage.Escape(note)}</p>")}
            <div style="max-width:{150 + classes * 95}px">
            {HtmlPage.Chart(Charts.Confusion(matrix.Matrix), Caption, 90 + classes * 75)}
            </div>
            """));
    }
}
