using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reporting;

/// <summary>table.csv, pairs.csv, conditions.csv and condition_pairs.csv: the figures at full precision, shares from 0 to 1, for other
/// programs.</summary>
internal static class StudyFiles
{
    public static void WriteSystems(string path, StudyView view)
    {
        string[] classes = [.. view.Rows.SelectMany(row => row.Classes).Distinct()];
        CsvTable.Write(path,
        [
            [
                "model", "labels", "runs", "speakers", "clips",
                "uar", "uar_low", "uar_high",
                "accuracy", "accuracy_low", "accuracy_high",
                "macro_f1", "macro_f1_low", "macro_f1_high",
                "chance", "fold_deviation", "seed_deviation",
                "parameters", "macs", "train_seconds", "clips_per_second", "latency_seconds",
                .. classes.Select(name => $"recall_{name}"),
            ],
            .. view.Rows.Select(row => (string[])
            [
                row.Model, row.Labels, $"{row.Runs}", $"{row.Speakers}", $"{row.Clips}",
                Number(row.Metrics.Uar), Number(row.UarInterval?.Low), Number(row.UarInterval?.High),
                Number(row.Metrics.Accuracy), Number(row.AccuracyInterval?.Low), Number(row.AccuracyInterval?.High),
                Number(row.Metrics.MacroF1), Number(row.MacroF1Interval?.Low), Number(row.MacroF1Interval?.High),
                Number(row.Metrics.ChanceUar), Number(row.FoldDeviation), Number(row.SeedDeviation),
                $"{row.Cost.Parameters}", row.Cost.Macs > 0 ? $"{row.Cost.Macs}" : "",
                Number(row.Cost.TrainSeconds), Number(row.Cost.ClipsPerSecond), Number(row.Cost.LatencySeconds),
                .. classes.Select(name => row.Classes.ToList().IndexOf(name) is int place and >= 0
                    ? Number(row.Metrics.Recall[place])
                    : ""),
            ]),
        ]);
    }

    private static readonly string[] PairHeader =
        ["labels", "first", "second", "runs", "speakers", "difference", "low", "high", "p", "p_adjusted"];

    public static void WritePairs(string path, StudyView view) => CsvTable.Write(path, view.Pairs.Select(PairRow).Prepend(PairHeader));

    /// <summary>Writes the pairs over all conditions pooled, then, if there are several, under each condition.</summary>
    public static void WriteConditionPairs(string path, StudyView view) => CsvTable.Write(path, view.ConditionPairs
        .Select(pair => (string[])[pair.Condition?.Name ?? "all in one pool", .. PairRow(pair.Pair)])
        .Prepend(["condition", .. PairHeader]));

    private static string[] PairRow(StudyPair pair) =>
    [
        pair.Labels, pair.First, pair.Second, $"{pair.Runs}", $"{pair.Comparison.Speakers}",
        Number(pair.Comparison.Difference), Number(pair.Comparison.Interval?.Low), Number(pair.Comparison.Interval?.High),
        Number(pair.Comparison.PValue), Number(pair.AdjustedP),
    ];

    public static void WriteConditions(string path, StudyView view) => CsvTable.Write(path,
    [
        ["model", "labels", "condition", "alteration", "corpus", "speakers", "clips", "uar", "uar_low", "uar_high"],
        .. from row in view.Rows
           from part in row.ByCorpus.Prepend(new GroupScore("all", row.Speakers, row.Clips, row.Metrics, row.UarInterval))
           select ConditionRow(row.Model, row.Labels, ConditionSection.Recorded, "", part),
        .. from score in view.ConditionScores
           from part in score.ByCorpus.Prepend(score.All)
           select ConditionRow(score.Model, score.Labels, score.Condition.Name, score.Condition.Alteration.Name, part),
    ]);

    private static string[] ConditionRow(string model, string labels, string condition, string alteration, GroupScore part) =>
    [
        model, labels, condition, alteration, part.Name, $"{part.Speakers}", $"{part.Clips}",
        Number(part.Metrics.Uar), Number(part.UarInterval?.Low), Number(part.UarInterval?.High),
    ];

    private static string Number(double? value) => value is double number && double.IsFinite(number) ? CsvTable.Number(number) : "";
}
