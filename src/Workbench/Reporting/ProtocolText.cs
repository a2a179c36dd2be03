using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Labels;

namespace SpeechEmotion.Reporting;

/// <summary>Describes splits and protocols in sentences for a report.</summary>
public static class ProtocolText
{
    /// <summary>Note on the voice of the built-in corpus, so that nobody takes its figures for those of real speech.</summary>
    public const string SyntheticVoice =
        "The voice is synthetic: a computed source-filter voice whose prosody follows what the literature says of each emotion. "
        + "These figures show that the workbench works. They say nothing about recognising emotion in people.";

    /// <summary><see cref="SyntheticVoice"/> for a line of the console.</summary>
    public const string SyntheticVoiceInShort = "The voice is synthetic: this says nothing about people.";

    /// <summary>Note on the rows of a feature table.</summary>
    public const string Table =
        "The rows are a published table of features without names: nobody can tell which rows are one speaker, "
        + "and speakers are on both sides of any split of it, so these figures flatter. "
        + "Each row counts as a speaker of its own: intervals and tests are over rows, and too narrow for new speakers.";

    /// <summary><see cref="SyntheticVoice"/> and a space if all rows are of the synthetic corpus; otherwise empty.</summary>
    /// <param name="rows">The scored predictions.</param>
    public static string VoiceOf(IReadOnlyList<Prediction> rows) =>
        rows.All(row => row.Corpus == Synthetic.CorpusName) ? SyntheticVoice + " " : "";

    /// <summary>Describes the protocol of a study's runs: who is tested, how the epoch is chosen, and the caveats of the figures.</summary>
    /// <param name="runs">The runs' configs, all of one kind of split; at least one. What is true of only some runs is given with their
    /// number.</param>
    public static string Of(IReadOnlyList<RunConfig> runs) =>
        string.Join(' ', runs.SelectMany(Epochs).Concat(runs.SelectMany(Reserves)).GroupBy(text => text)
            .Select(text => text.Count() == runs.Count ? text.Key : $"{text.Count()} of {runs.Count} runs: {text.Key}")
            .Prepend(Who(runs[0])));

    /// <summary>Caveats that set a run's figures apart from those of other runs; empty, or sentences that end in a space.</summary>
    /// <param name="run">The run's config.</param>
    public static string Reserve(RunConfig run) => string.Concat(Reserves(run).Select(text => text + " "));

    private static IEnumerable<string> Reserves(RunConfig run)
    {
        if (run.Split.Scored == "validation")
        {
            yield return "All figures are of VALIDATION speakers: they serve to choose settings, and the best of several flatters. "
                + "The test side was not touched.";
        }

        if (run.Train.Labels is string more)
        {
            yield return $"In training alone the network is also taught what label set '{LabelSets.NameOf(more)}' has beyond this one: "
                + "its further clips of all but validation and test speakers, and its further classes.";
        }

        if (run.Train.Normalise == "speaker")
        {
            yield return "Features are normalised by each speaker's own clips, without labels, test speakers included: "
                + "this needs several clips of a speaker, so these figures stand apart from those of single clips.";
        }
    }

    private static string Who(RunConfig run) => run.Split.File is string file ? $"The split saved in {file}." : Who(run.Split, run.Data);

    private static string Who(SplitOptions split, DataOptions data) => split.Kind switch
    {
        "merged" =>
            "Speakers apart, six folds: RAVDESS's published folds (EmoBox, Interspeech 2024), "
            + "with SAVEE's JE, KL, DC and JK joining the test side of the first four."
            + (data.Corpora.Count == 0 ? " Other corpora are training data only."
                : data.Corpora.Except(["ravdess", "savee"]).ToArray() is { Length: > 0 } others
                    ? $" Other corpora ({string.Join(", ", others)}) are training data only."
                : ""),
        "ravdess" =>
            "Speakers apart, RAVDESS's six published folds (EmoBox, Interspeech 2024).",
        "savee" =>
            "Speakers apart, SAVEE's four speakers left out in turn.",
        "grouped" =>
            $"Speakers apart, dealt to {split.Folds} folds"
            + (data.Root is null || data.Corpora.Count == 1 ? "."
                : "; a corpus of one or two speakers beside larger ones is training data only."),
        "corpora" =>
            "Corpus to corpus: each corpus is tested in turn by models that learned from the others only.",
        _ when split.Published =>
            "The published split of the feature table: "
            + (split.Kind switch
            {
                "published" => "anger, happy, sad, neutral",
                "published_app" => "happy, anger, sad, neutral",
                _ => "happy, anger, sad, neutral without the seven rows repeated at the end",
            })
            + " stacked, the first quarter of NumPy's RandomState(9) permutation tests. "
            + (split.Scored == "all" ? "All rows are scored, those of training too, as published: this says nothing of new rows. " : "")
            + "Where an epoch is chosen, it is chosen on rows drawn from the training rows.",
        _ =>
            $"Random split in {split.Folds} folds: the same speakers are in training and test, so these figures flatter.",
    };

    /// <summary>How the epoch is chosen, where the split keeps speakers apart and tests.</summary>
    private static IEnumerable<string> Epochs(RunConfig run)
    {
        SplitOptions split = run.Split;
        if (split.File is null && split.SpeakersApart && split.Scored != "validation")
        {
            yield return split.Kind switch
            {
                _ when split.Validation == 0 =>
                    "All other speakers train and the last epoch is taken, by settings chosen before; test speakers are scored once.",
                _ when run.Train.Select == "last" =>
                    "The last epoch is taken; the speakers who are kept back for validation choose nothing. Test speakers are scored once.",
                "savee" => "Epochs are chosen on a validation speaker; the test speaker is scored once.",
                "corpora" => "Epochs are chosen on speakers of the training corpora; the test corpus is scored once.",
                _ => "Epochs are chosen on validation speakers; test speakers are scored once.",
            };
        }
    }
}
