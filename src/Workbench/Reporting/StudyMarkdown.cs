using static SpeechEmotion.Reporting.ReportTable;

namespace SpeechEmotion.Reporting;

/// <summary>report.md: the study's tables for a repository, with links to the pictures in the same folder.</summary>
internal static class StudyMarkdown
{
    public static string Of(StudyView view)
    {
        List<string> parts = [$"# {EscapeMarkdown(view.Study.Title)}\n"];
        if (!string.IsNullOrEmpty(view.Notes.DataNote))
        {
            parts.Add($"> **About the data.** {EscapeMarkdown(view.Notes.DataNote)}\n");
        }

        if (view.Partial)
        {
            parts.Add($"> **{view.Results.Count} of {view.Planned} runs are finished.** {EscapeMarkdown(view.PartialText)}\n");
        }

        parts.AddRange(Findings.Of(view).Select(text => $"{EscapeMarkdown(text)}\n"));
        string protocol = view.SpeakersApart ? "Protocol." : "Speakers overlap: these figures flatter.";
        parts.Add($"**{protocol}** {EscapeMarkdown(view.Notes.Protocol)}\n");
        if (view.Notes.Faults is { Count: > 0 } faults)
        {
            parts.Add($"**Faults that are kept.**\n\n{string.Concat(faults.Select(fault => $"- {EscapeMarkdown(fault)}\n"))}");
        }

        Section("Scores", StudyTables.Systems(view));
        parts.Add("![UAR of each model with its 95 % interval](uar.png)\n");
        parts.AddRange(view.Sets.Select(set => Captioned(StudyTables.Recalls(view, set))));
        if (StudyTables.Parts(view) is ReportTable groups)
        {
            parts.Add(Captioned(groups));
        }

        if (view.Ensembles.Count > 0)
        {
            Section("Ensembles", StudyTables.Ensembles(view));
        }

        if (view.Pairs.Count > 0)
        {
            parts.Add("## Differences\n");
            parts.AddRange(StudyTables.Pairs(view).Select(Captioned));
        }

        parts.Add("## Confusion matrices\n\n![Confusion matrices](confusion.png)\n");
        parts.AddRange(StudyTables.Confusions(view).Select(Captioned));
        if (view.Shared.Count > 0)
        {
            parts.Add($"## {EscapeMarkdown(StudySections.SharedTitle(view))}\n");
            parts.AddRange(StudyTables.Shared(view).Select(Captioned));
        }

        if (view.Conditions.Count > 0)
        {
            parts.Add($"## {ConditionSection.Title}\n");
            parts.AddRange(view.Sets.Select(set => Captioned(ConditionSection.Table(view, set))));
            if (view.Sets.Any(set => ConditionSection.Complete(view, set).Count > 0))
            {
                parts.Add("![UAR under each condition](conditions.png)\n");
            }

            parts.AddRange(view.Sets.Select(set => ConditionSection.Pairs(view, set)).OfType<ReportTable>().Select(Captioned));
        }

        if (view.WithCurves.Count > 0)
        {
            parts.Add("## Learning curves\n\n![Learning curves](learning.png)\n");
        }

        Section("Cost", StudyTables.Costs(view));
        parts.Add("![UAR against cost](cost.png)\n");
        parts.Add("## What the numbers do not say\n\n" + string.Concat(Limits.Of(view).Select(text => $"- {EscapeMarkdown(text)}\n")));
        parts.Add($"## To repeat it\n\n```sh\n{view.Notes.Command.ReplaceLineEndings("\n")}\n```\n");
        parts.Add(FactsTable.Of(view.Results).ToMarkdown());
        return string.Join('\n', parts);

        void Section(string title, ReportTable table) => parts.Add($"## {title}\n\n{Captioned(table)}");
    }

    private static string Captioned(ReportTable table) => $"{EscapeMarkdown(table.Caption)}.\n\n{table.ToMarkdown()}";
}
