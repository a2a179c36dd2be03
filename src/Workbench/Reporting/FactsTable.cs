using SpeechEmotion.Evaluation;
using static SpeechEmotion.Reporting.ReportText;

namespace SpeechEmotion.Reporting;

/// <summary>The table at the end of every report: what its runs were made with.</summary>
internal static class FactsTable
{
    /// <summary>Machines, commits, versions, data, seeds and folds of a study's runs, each value once.</summary>
    /// <param name="runs">The runs that the report is of; label sets stand in their order.</param>
    public static ReportTable Of(IReadOnlyList<RunResult> runs)
    {
        IEnumerable<string> endings = runs.GroupBy(run => run.Facts.StopReason)
            .Select(group => $"{group.Key} ({Plural(group.Count(), "run")})");
        return new ReportTable("What the runs were made with", ["What", "Value"],
        [
            ["Machine", All(runs, run => run.Facts.Machine, "; ")],
            ["Device", All(runs, run => run.Facts.Device, "; ")],
            ["Commit", All(runs, run => run.Facts.Commit, ", ")],
            .. runs.Any(run => run.ConditionFacts is not null)
                ? (string[][])
                [
                    ["Commit, conditions", All(runs, run => run.ConditionFacts?.Commit ?? None)],
                    ["Machine, conditions", All(runs, run => run.ConditionFacts is { } facts ? $"{facts.Machine}, {facts.Device}" : None)],
                ]
                : [],
            ["Versions", All(runs, Versions)],
            ["Data (SHA-256)", string.Join("; ", runs.GroupBy(run => run.Labels, (set, own) => $"{set}: {All(own, Data)}"))],
            ["Seeds", Numbers(runs, run => run.Seed)],
            ["Folds", Numbers(runs, run => run.Fold)],
            ["Training time, all runs", Duration(runs.Sum(run => run.Facts.TrainSeconds))],
            ["Why training ended", string.Join("; ", endings)],
        ], 2);
    }

    private static string Data(RunResult run) => run.Facts.DataHash is { Length: > 16 } hash ? hash[..16] : run.Facts.DataHash;

    private static string Versions(RunResult run) => string.Join(", ", run.Facts.Versions
        .OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));

    private static string Numbers(IEnumerable<RunResult> runs, Func<RunResult, int> value) =>
        string.Join(", ", runs.Select(value).Distinct().Order());

    /// <summary>Each value once; <paramref name="several"/> separates those of a run that was resumed elsewhere.</summary>
    private static string All(IEnumerable<RunResult> runs, Func<RunResult, string> value, string? several = null) =>
        string.Join("; ", runs.Select(value).SelectMany(text => several is null ? [text] : text.Split(several)).Distinct()
            .OrderBy(text => text.Length).ThenBy(text => text, StringComparer.Ordinal));
}
