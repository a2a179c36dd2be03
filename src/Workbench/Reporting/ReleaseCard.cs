using SpeechEmotion.Evaluation;
using static System.FormattableString;
using static SpeechEmotion.Reporting.ReportText;

namespace SpeechEmotion.Reporting;

/// <summary>The model card of a released model, in Markdown (after Mitchell et al., Model Cards for Model Reporting, 2019).</summary>
internal static class ReleaseCard
{
    /// <summary>Licences of the known corpora, by corpus name.</summary>
    private static readonly Dictionary<string, string> Licences = new()
    {
        ["ravdess"] = "RAVDESS (Livingstone and Russo, 2018): CC BY-NC-SA 4.0",
        ["savee"] = "SAVEE (Haq and Jackson, 2009): free for research, on registration",
        ["tess"] = "TESS (Pichora-Fuller and Dupuis, 2020): CC BY-NC-ND 4.0",
        ["cremad"] = "CREMA-D (Cao et al., 2014): Open Database License",
    };

    public static string Of(ReleaseFacts facts)
    {
        (RunResult run, ReleaseScores scores) = (facts.Run, facts.Scores);
        string size = $"{Count(run.Facts.Parameters)} parameters{Held(facts)}"
            + (run.Facts.Macs > 0 ? $"; {Rounded(run.Facts.Macs)} multiply-accumulates for 3 s of speech." : ".");
        string runs = Plural(facts.Runs, "run");
        string fitted = Invariant($"a temperature of {facts.Scores.Temperature:0.00}, fitted on the validation speakers");
        string noise = facts.Scores.Conditions.Count > 0 ? "and noise or rooms only where a row says so" : "nor is noise";
        return Invariant($"""
            # {run.Model} on {LabelSet(run.Labels)}

            Tells {List(run.Classes)} in a voice. {size}
            {Weights(facts)} {Choice(facts)}

            ## How well it hears

            UAR in percent on speakers that the model scored had never heard, over {runs} (one a fold and seed) of this architecture and
            recipe; 95 % interval over speakers; chance {Percent(1.0 / run.Classes.Count)}.

            {Scores(facts).ToMarkdown()}{Altered(facts)}
            Recall of each class in percent.

            {Recalls(facts).ToMarkdown()}
            ## How far its probabilities can be believed

            Logits are divided by {fitted}. On test speakers, each calibrated without the
            test speakers of its fold, the expected calibration error (ten bins) goes from {Percent(Calibration.Error(scores.Before))} to
            {Percent(Calibration.Error(scores.After))} percentage points.

            ![Reliability before and after temperature scaling]({run.Labels}-reliability.png)

            Below a probability of {facts.Threshold:0.00} the answer is 'not sure'. In percent:

            {Sureness(facts).ToMarkdown()}
            These figures are of corpora that the model was trained on. In another corpus, even the answers that it gives can be
            wrong more often than right.

            ## What it was trained on

            {List(facts.Corpora)}; the data have their own licences, and the weights are for research as they are:

            {string.Concat(facts.Corpora.Select(c => $"- {Licences.GetValueOrDefault(c, $"{c}: under its own licence")}\n"))}
            ## What it is not for

            - Not for decisions about people: hiring, credit, policing, education, health, insurance. Emotion shown is not emotion felt.
            - {Speech(facts)}, {noise}.
            - It hears intonation and voice, not words, and always chooses among {run.Classes.Count} classes, whatever it hears.

            """).ReplaceLineEndings("\n");
    }

    private static string Held(ReleaseFacts facts) => facts.Held is not { } held ? ""
        : $" and {Count(held.Clips)} × {Count(held.Values)} numbers: statistics of {Count(held.Clips)} training clips"
            + (facts.Altered ? ", altered copies among them" : "");

    private static string Speech(ReleaseFacts facts) => facts.Corpora.All(Licences.ContainsKey)
        ? "The speech is acted, in English, in quiet rooms, by few speakers. "
            + "Other languages, telephones and children are not in these figures"
        : "It knows few speakers, of the corpora named above. Other speech is not in these figures";

    private static string Choice(ReleaseFacts facts) => facts.Architectures > 1 && facts.Asked
        ? $"It was asked for by name, one of {facts.Architectures} models of the study; the study's README says what chose it. "
            + $"Mean validation UAR {Percent(facts.Scores.ValidationUar)} %."
        : facts.Architectures > 1
        ? $"The architecture is the one with the best mean validation UAR ({Percent(facts.Scores.ValidationUar)} %); "
            + "no test score chose anything."
        : $"The study has this recipe alone; its README says what chose it. Mean validation UAR {Percent(facts.Scores.ValidationUar)} %.";

    private static string Weights(ReleaseFacts facts) => facts.Further is RunFacts further
        ? Invariant($"Weights of a further run of the recipe, epoch {further.BestEpoch}, commit {further.Commit}: ")
            + "the figures below are not its own, but those of the study's runs."
        : Invariant($"Weights of fold {facts.Run.Fold}, seed {facts.Run.Seed}, epoch {facts.Run.Facts.BestEpoch}, ")
            + $"one of the runs below; commit {facts.Run.Facts.Commit}.";

    private static ReportTable Scores(ReleaseFacts facts)
    {
        IEnumerable<GroupScore> parts =
        [
            .. Parts(_ => "all"), .. Parts(row => row.Corpus), .. Parts(row => row.Sex),
            .. facts.Scores.Conditions.SelectMany(one => Aggregate.Groups(one.Value, facts.Run.Classes, _ => one.Key)),
        ];
        return new ReportTable("", ["Test speakers", "UAR", "95 % interval", "WA", "Speakers", "Clips"],
            [.. parts.Select(part => (string[])
            [
                part.Name, Percent(part.Metrics.Uar), Range(part.UarInterval), Percent(part.Metrics.Accuracy),
                Count(part.Speakers), Count(part.Clips),
            ])]);

        IReadOnlyList<GroupScore> Parts(Func<Prediction, string> by) =>
            Aggregate.Groups(facts.Scores.Before, facts.Run.Classes, by);
    }

    private static string Altered(ReleaseFacts facts) => facts.Scores.Conditions.Count == 0 ? ""
        : $"\nThe last {facts.Scores.Conditions.Count} rows are of the same clips, "
            + "altered as the settings say (those of a config's `augment`).\n";

    private static ReportTable Recalls(ReleaseFacts facts) => new(
        "", ["", .. facts.Run.Classes],
        [["recall", .. Metrics.Compute(facts.Scores.Before, facts.Run.Classes).Recall.Select(r => Percent(r))]]);

    private static ReportTable Sureness(ReleaseFacts facts)
    {
        return new ReportTable("", ["Test clips", "Calibration error", "Answered", "Right of these", "Right of the rest"],
            [Row("as recorded", facts.Scores.After), .. facts.Scores.Conditions.Select(condition => Row(condition.Key, condition.Value))]);

        string[] Row(string name, IReadOnlyList<Prediction> rows)
        {
            ILookup<bool, Prediction> sure = rows.ToLookup(row => row.Probabilities.Max() >= facts.Threshold);
            return
            [
                name, Percent(Calibration.Error(rows)), Percent((double)sure[true].Count() / rows.Count),
                Percent(Right(sure[true])), Percent(Right(sure[false])),
            ];
        }

        static double Right(IEnumerable<Prediction> rows) =>
            rows.Select(row => row.Predicted == row.Truth ? 1.0 : 0.0).DefaultIfEmpty(double.NaN).Average();
    }
}
