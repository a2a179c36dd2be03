using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reporting;

/// <summary>The parts of a study's page, each as HTML.</summary>
internal static class StudySections
{
    public static string Head(StudyView view) => $"""
        <p class="eyebrow">Study {HtmlPage.Escape(view.Study.Name)}</p>
        <h1>{HtmlPage.Escape(view.Study.Title)}</h1>
        {Box("warn", "About the data", view.Notes.DataNote)}
        {Box("warn", Finished(view), view.Partial ? view.PartialText : null)}
        {string.Join('\n', Findings.Of(view).Select(Finding))}
        {Protocol(view)}
        {Box("bad", "Faults that are kept", string.Join(" ", view.Notes.Faults))}
        """;

    public static string Scores(StudyView view) => $"""
        <h2>How well each model hears</h2>
        <p>UAR is the mean of the classes' recalls, so rare classes count as much as common ones. WA is the share of right answers.</p>
        {StudyTables.Systems(view).ToHtml()}
        {HtmlPage.Chart(Charts.Uar(view.Rows), $"UAR of each model with its 95 % interval over {view.Groups}", 340)}
        {string.Concat(view.Sets.Select(set => StudyTables.Recalls(view, set).ToHtml()))}
        {StudyTables.Parts(view)?.ToHtml()}
        {(view.Ensembles.Count > 0 ? StudyTables.Ensembles(view).ToHtml() : "")}
        """;

    public static string Significance(StudyView view)
    {
        if (view.Pairs.Count == 0)
        {
            return "";
        }

        string test = $"Each pair of models is compared on the same clips. The test swaps the two models' answers of whole {view.Groups}; "
            + $"below {ReportText.Alpha} after adjustment a difference is called significant.";
        return $"""
            <h2>Which differences are more than chance</h2>
            <p>{test}</p>
            {string.Concat(StudyTables.Pairs(view).Select(table => table.ToHtml()))}
            """;
    }

    public static string Confusion(StudyView view) => $"""
        <h2>What is taken for what</h2>
        <p>Rows are true classes, columns answers; a cell shows the share of its row and the clips, over all folds and seeds.</p>
        {string.Concat(view.Sets.Select(set =>
            $"<h3>{HtmlPage.Escape(ReportText.LabelSet(set))}</h3><div class=\"grid\">{Matrices(view, set)}</div>"))}
        {string.Concat(StudyTables.Confusions(view).Select(table => table.ToHtml()))}
        """;

    public static string Learning(StudyView view) => view.WithCurves.Count == 0 ? "" : $"""
        <h2>How they learned</h2>
        <p>Thick lines are means over a model's runs, as far as half of them went; thin lines are runs. Dashed: training loss.</p>
        {string.Concat(view.WithCurves.GroupBy(run => run.Labels).Select(set =>
            $"<h3>{HtmlPage.Escape(ReportText.LabelSet(set.Key))}</h3><div class=\"grid\">{Curves(view, [.. set])}</div>"))}
        """;

    public static string Cost(StudyView view) => $"""
        <h2>What they cost</h2>
        {StudyTables.Costs(view).ToHtml()}
        <div class="grid">
        {string.Concat(CostAxis.KnownOf(view.Rows).Select(axis =>
            HtmlPage.Chart(CostChart.Of(view.Rows, axis), $"UAR against {axis.Name}", 340)))}
        </div>
        """;

    public static string Shared(StudyView view)
    {
        if (view.Shared.Count == 0)
        {
            return "";
        }

        const string Free = "<em>Free</em>: it answers among all its classes, and an answer outside is wrong.";
        const string Restricted = "<em>Restricted</em>: it is told that only the shared classes are possible, "
            + "which makes it fair to set beside the model trained on those alone.";
        return $"""
            <h2>{HtmlPage.Escape(SharedTitle(view))}</h2>
            <p>A model trained on more classes is scored on the clips of the shared ones. {Free}
            {Restricted}</p>
            {string.Concat(StudyTables.Shared(view).Select(table => table.ToHtml()))}
            """;
    }

    public static string Conditions(StudyView view) => view.Conditions.Count == 0 ? "" : $"""
        <h2>{ConditionSection.Title}</h2>
        <p>The clips of the test speakers once more, altered as the tables say. Every model hears the same altered clips.</p>
        {string.Concat(view.Sets.Select(set => ConditionSection.Table(view, set).ToHtml()
            + (ConditionSection.Complete(view, set) is { Count: > 0 } systems
                ? HtmlPage.Chart(Charts.Conditions(view, systems), $"UAR under each condition, {ReportText.LabelSet(set)}", 380)
                : "")
            + ConditionSection.Pairs(view, set)?.ToHtml()))}
        """;

    public static string Foot(StudyView view) => $"""
        <h2>What the numbers do not say</h2>
        <ul>{string.Concat(Limits.Of(view).Select(text => $"<li>{HtmlPage.Escape(text)}</li>"))}</ul>
        <h2>To repeat it</h2>
        <pre><code>{HtmlPage.Escape(view.Notes.Command)}</code></pre>
        <div class="facts">{FactsTable.Of(view.Results).ToHtml()}</div>
        """;

    public static string SharedTitle(StudyView view)
    {
        string text = ReportText.List([.. view.Shared.Select(score => $"{score.To} against {score.From}").Distinct()]);
        return Findings.Capital(text);
    }

    private static string Matrices(StudyView view, string set) => string.Concat(view.RowsOf(set).Select(row =>
    {
        string title = ReportText.Title(row.Model, row.Labels, row.Metrics.Uar, row.UarInterval);
        return HtmlPage.Chart(Charts.Confusion(row.Metrics.Confusion), title, 85 + Math.Max(250, 48 * row.Classes.Count));
    }));

    private static string Curves(StudyView view, RunResult[] runs)
    {
        string name = ReportText.LabelSet(runs[0].Labels);
        bool validated = runs.Any(run => run.Validated);
        string losses = validated ? "Validation and training" : "Training";
        string loss = HtmlPage.Chart(
            LearningChart.Of(runs, view.Models, "cross-entropy", row => row.ValidationLoss, row => row.TrainLoss),
            $"{losses} loss, {name}", 340);
        if (!validated)
        {
            return loss;
        }

        string uar = LearningChart.Of(runs, view.Models, "validation UAR, %", row => 100 * row.ValidationUar, null);
        return HtmlPage.Chart(uar, $"Validation UAR, {name}", 340) + loss;
    }

    private static string Finished(StudyView view) =>
        $"{ReportText.Count(view.Results.Count)} of {ReportText.Count(view.Planned)} runs are finished";

    private static string Protocol(StudyView view)
    {
        (string kind, string title) = view.SpeakersApart
            ? ("good", "Speakers are apart")
            : ("bad", "Speakers overlap: these figures flatter");
        return Box(kind, title, view.Notes.Protocol);
    }

    /// <summary>A finding with its topic in bold, and no line break within a figure.</summary>
    private static string Finding(string text)
    {
        string html = HtmlPage.Escape(text).Replace(" %", "&nbsp;%", StringComparison.Ordinal)
            .Replace("p = ", "p&nbsp;=&nbsp;", StringComparison.Ordinal).Replace("p &lt; ", "p&nbsp;&lt;&nbsp;", StringComparison.Ordinal);
        int colon = html.IndexOf(": ", StringComparison.Ordinal);
        return $"<p class=\"finding\">{(colon < 0 ? html : $"<strong>{html[..(colon + 1)]}</strong>{html[(colon + 1)..]}")}</p>";
    }

    private static string Box(string kind, string title, string? text) =>
        string.IsNullOrEmpty(text) ? "" : $"<p class=\"note {kind}\"><strong>{HtmlPage.Escape(title)}</strong>{HtmlPage.Escape(text)}</p>";
}
