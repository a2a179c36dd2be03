using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;
using static SpeechEmotion.Reporting.ReportText;

namespace SpeechEmotion.Reporting;

/// <summary>The tables of a study's page and Markdown.</summary>
internal static class StudyTables
{
    /// <summary>Most rows in a table of confusions.</summary>
    private const int MostConfusions = 8;

    /// <summary>Most models that have a column each in a table of confusions. With more models, the table has the smallest share and the
    /// largest, each with its model's name, and the mean.</summary>
    private const int MostModels = 8;

    /// <summary>Up to this many speakers, a report calls an interval too narrow to be relied on. In simulated studies, a 95 % interval over
    /// 4 speakers held the true figure in 89 % of cases, and over 2 speakers in 50 % (results/reliability).</summary>
    public const int FewSpeakers = 4;

    public static ReportTable Systems(StudyView view) => new(
        $"UAR, WA and macro-F1 in percent over all scored clips; 95 % interval over {view.Groups}; "
            + "± is the standard deviation of the UAR over folds and over seeds",
        [
            "Model", "Labels", "UAR", "95 % interval", "± folds", "± seeds", "WA", "Macro-F1", "Chance",
            view.OfTable ? "Rows" : "Speakers", "Clips", "Runs",
        ],
        [.. view.Rows.Select(row => (string[])
        [
            row.Model, row.Labels, Percent(row.Metrics.Uar), Range(row.UarInterval),
            Deviation(row.FoldDeviation), Deviation(row.SeedDeviation),
            Percent(row.Metrics.Accuracy), Percent(row.Metrics.MacroF1), Percent(row.Metrics.ChanceUar),
            Count(row.Speakers), Count(row.Clips), Count(row.Runs),
        ])], 2);

    public static ReportTable Recalls(StudyView view, string set)
    {
        SystemSummary[] rows = [.. view.RowsOf(set)];
        return new ReportTable(
            $"Recall of each class in percent, {LabelSet(set)}; chance {Percent(rows[0].Metrics.ChanceUar)}",
            ["Model", .. rows[0].Classes],
            [.. rows.Select(row => (string[])[row.Model, .. row.Metrics.Recall.Select(recall => Percent(recall))])]);
    }

    /// <summary>UAR by corpus where there are several, and by sex where there are both; null where there is neither.</summary>
    public static ReportTable? Parts(StudyView view)
    {
        string[] corpora = Several(row => row.ByCorpus), sexes = Several(row => row.BySex), names = [.. corpora, .. sexes];
        string groups = corpora.Length == 0 ? "sex" : sexes.Length == 0 ? "corpus" : "corpus and each sex";
        bool few = view.Rows.SelectMany(row => row.ByCorpus.Concat(row.BySex))
            .Any(part => part.UarInterval is not null && part.Speakers <= FewSpeakers);
        return names.Length == 0 ? null : new ReportTable(
            $"UAR in percent on the scored clips of each {groups}, with its 95 % interval where there is more than one speaker"
                + (few ? $"; over {FewSpeakers} speakers or fewer it is too narrow to be relied on" : ""),
            ["Model", "Labels", .. names],
            [.. view.Rows.Select(row => (string[])
            [
                row.Model, row.Labels,
                .. corpora.Select(name => Of(row.ByCorpus, name)), .. sexes.Select(name => Of(row.BySex, name)),
            ])], 2);

        static string Of(IReadOnlyList<GroupScore> parts, string name) =>
            parts.FirstOrDefault(part => part.Name == name) is GroupScore part ? Figure(part.Metrics.Uar, part.UarInterval) : None;

        string[] Several(Func<SystemSummary, IReadOnlyList<GroupScore>> parts)
        {
            string[] found = [.. view.Rows.SelectMany(parts).Select(part => part.Name).Distinct().Order(StringComparer.Ordinal)];
            return found.Length > 1 ? found : [];
        }
    }

    /// <summary>Differences in UAR between pairs of models on the clips as recorded; one table for each label set that has pairs.</summary>
    public static IEnumerable<ReportTable> Pairs(StudyView view) => view.Sets.Where(set => view.PairsOf(set).Count > 0)
        .Select(set => Pairs(view, $"UAR, {LabelSet(set)}", view.PairsOf(set)));

    /// <summary>Differences between pairs of models on one label set; <paramref name="measure"/> names what is compared, such as
    /// `UAR, four classes`.</summary>
    public static ReportTable Pairs(StudyView view, string measure, IReadOnlyList<StudyPair> pairs) => new(
        $"Differences in {measure}, in percentage points; paired over {view.Groups} (permutation test), adjusted over this table by Holm"
            + (view.SameRuns(pairs[0].Labels) ? "" : "; each over the folds and seeds that both models have"),
        ["First – second", "Difference", "95 % interval", "p", "p adjusted", view.OfTable ? "Rows" : "Speakers", "Verdict"],
        [.. pairs.Select(pair => (string[])
        [
            $"{pair.First} – {pair.Second}", Points(pair.Comparison.Difference), PointsRange(pair.Comparison.Interval),
            P(pair.Comparison.PValue), P(pair.AdjustedP), Count(pair.Comparison.Speakers),
            Verdict(pair.Comparison.Difference, pair.AdjustedP, pair.First, pair.Second),
        ])], Verdict: true);

    public static ReportTable Ensembles(StudyView view) => new(
        "Ensembles, apart from single models, since each costs as many as it has members: the mean of their probabilities; "
            + "UAR, WA and macro-F1 in percent",
        ["Members", "Labels", "Count", "UAR", "95 % interval", "WA", "Macro-F1"],
        [.. view.Ensembles.Select(row => (string[])
        [
            row.Name == Ensemble.All ? row.Name : $"{row.Name}, its seeds", row.Labels, Count(row.Members),
            Percent(row.Metrics.Uar), Range(row.UarInterval), Percent(row.Metrics.Accuracy), Percent(row.Metrics.MacroF1),
        ])], 2);

    /// <summary>Confusions that all models of a label set make, one table for each set that has any, beside those of human listeners
    /// (CREMA-D) where these are known.</summary>
    public static IEnumerable<ReportTable> Confusions(StudyView view)
    {
        bool same = view.Listeners is not null && view.Results.Any(run => run.Predictions.Any(row => row.Corpus == CremaD.CorpusName));
        string listeners = view.Listeners is null ? ""
            : $". Listeners: what most people answered to {Count(view.Listeners.Clips.Sum())} {(same ? "" : "other ")}clips, "
                + "those of CREMA-D, "
                + $"by voice alone and among six emotions (their UAR is {Percent(view.Listeners.Uar)})";
        string[] heard = view.Listeners is null ? [] : ["Listeners"];
        return
            from set in view.Sets
            let rows = view.RowsOf(set).ToArray()
            let shared = CommonConfusion.Of(rows).Take(MostConfusions).ToArray()
            where shared.Length > 0
            select new ReportTable(
                $"What all models take for something else, {LabelSet(set)}: share of the emotion's clips in percent, "
                    + "where it is above an even spread of the model's errors in every model; "
                    + $"the {MostConfusions} largest at most{listeners}",
                ["Emotion", "Taken for", .. Names(rows), .. heard],
                [.. shared.Select(one => (string[])[one.Truth, one.Answer, .. Shares(rows, one), .. Heard(one)])], 2);

        string[] Heard(CommonConfusion one) =>
            view.Listeners is null ? [] : [Percent(view.Listeners.Share(one.Truth, one.Answer))];
    }

    private static string[] Names(SystemSummary[] rows) =>
        rows.Length <= MostModels ? [.. rows.Select(row => row.Model)] : ["Least", "Mean", "Most"];

    private static string[] Shares(SystemSummary[] rows, CommonConfusion one) => rows.Length <= MostModels
        ? [.. one.Shares.Select(share => Percent(share))]
        : [Named(rows, one, one.Shares.Min()), Percent(one.Shares.Average()), Named(rows, one, one.Shares.Max())];

    /// <summary>A share and the first model that has it.</summary>
    private static string Named(IReadOnlyList<SystemSummary> rows, CommonConfusion one, double share) =>
        $"{Percent(share)} ({rows[one.Shares.ToList().IndexOf(share)].Model})";

    /// <summary>One table for each pair of label sets of which one contains the other's classes.</summary>
    public static IEnumerable<ReportTable> Shared(StudyView view) => view.Shared.GroupBy(score => (score.From, score.To)).Select(group =>
    {
        SharedScore[] compared = [.. group.Where(score => score.AgainstOwn is not null)];
        Dictionary<SharedScore, double> adjusted = compared.Zip(Findings.Adjusted(compared))
            .ToDictionary(pair => pair.First, pair => pair.Second);
        string from = LabelSet(group.Key.From), to = LabelSet(group.Key.To);
        string uneven = group.All(score => SameRuns(view, score))
            ? ""
            : "; differences are over the folds and seeds that a model has on both label sets, its other figures over all";
        return new ReportTable(
            $"Models trained on {from}, scored on the clips of {List(group.First().Classes)}: UAR in percent with its 95 % interval. "
                + $"Difference in points: restricted less trained on {to}, paired over {view.Groups}, "
                + $"p adjusted over this table by Holm{uneven}",
            ["Model", "Free", "Restricted", $"Trained on {to}", "Difference", "95 % interval", "p adjusted", "Better"],
            [.. group.Select(score => (string[])
            [
                score.Model, Figure(score.Free.Uar, score.FreeInterval), Figure(score.Restricted.Uar, score.RestrictedInterval),
                view.Rows.FirstOrDefault(row => row.Model == score.Model && row.Labels == score.To) is SystemSummary own
                    ? Figure(own.Metrics.Uar, own.UarInterval)
                    : None,
                score.AgainstOwn is null ? None : Points(score.AgainstOwn.Difference), PointsRange(score.AgainstOwn?.Interval),
                adjusted.TryGetValue(score, out double p) ? P(p) : None,
                score.AgainstOwn is null ? None
                    : p >= Alpha ? "not distinguishable"
                    : $"trained on {(score.AgainstOwn.Difference > 0 ? from : to)}",
            ])], Verdict: true);
    });

    private static bool SameRuns(StudyView view, SharedScore score) => view.Results
        .Where(run => run.Model == score.Model && (run.Labels == score.From || run.Labels == score.To))
        .GroupBy(run => (run.Fold, run.Seed))
        .All(place => place.Count() == 2);

    public static ReportTable Costs(StudyView view) => new(
        "Size of each model, multiply-accumulates of one 3 s clip, mean training time of a run, clips a second in training, "
            + "and the forward pass of one 3 s clip"
            + (view.OneMachine ? "" : ". The runs are of several machines or devices, so times and speeds do not compare"),
        ["Model", "Labels", "Parameters", "MACs", "Training", "Clips/s", "Latency"],
        [.. view.Rows.Select(row => (string[])
        [
            row.Model, row.Labels, Count(row.Cost.Parameters), row.Cost.Macs > 0 ? Rounded(row.Cost.Macs) : None,
            Duration(row.Cost.TrainSeconds), Count((long)Math.Round(row.Cost.ClipsPerSecond)),
            row.Cost.LatencySeconds is double latency ? $"{ReportText.Rounded(1000 * latency)} ms" : None,
        ])], 2);

    private static string Verdict(double difference, double p, string first, string second) =>
        p >= Alpha ? "not distinguishable" : $"{(difference > 0 ? first : second)} better";
}
