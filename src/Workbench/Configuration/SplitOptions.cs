using System.ComponentModel.DataAnnotations;

namespace SpeechEmotion.Configuration;

/// <summary>Which utterances train, select and test.</summary>
public sealed record SplitOptions
{
    /// <summary>`merged` (RAVDESS's six published folds, with SAVEE's JE, KL, DC, JK on the test sides of the first four; TESS and CREMA-D
    /// only train), `ravdess` (the six published folds), `savee` (leave one speaker out), `grouped` (speakers are distributed over the
    /// folds; a corpus of one or two speakers is for training only, where there are larger ones), `corpora` (each corpus in turn is tested
    /// by a model trained on the others; <see cref="Folds"/> must be their number), `random` (speakers overlap); and, of the published
    /// feature table, the quarter that each notebook tested: `published` (flat MLP), `published_app` (hierarchical),
    /// `published_lstm`.</summary>
    [AllowedValues("merged", "ravdess", "savee", "grouped", "corpora", "random", "published", "published_app", "published_lstm")]
    public string Kind { get; init; } = "grouped";

    /// <summary>Number of folds of `grouped`, `corpora` and `random`; the published protocols have their own.</summary>
    [Range(2, 100)]
    public int Folds { get; init; } = 5;

    /// <summary>The fold that tests this run, from 0.</summary>
    [Range(0, 99)]
    public int Fold { get; init; }

    /// <summary>Share of the training side's speakers (in `random` and `published`, of its clips) that is held out for validation; at least
    /// one speaker. 0 holds out none and trains on all: the last epoch's weights are taken (train.select), with settings that were chosen
    /// before.</summary>
    [Range(0, 0.5)]
    public double Validation { get; init; } = 0.15;

    /// <summary>What is scored: `test`; `validation`, for choosing settings without touching the test side; or, for the `published` splits
    /// only, `all` rows including those of training, as the published hierarchical model was scored.</summary>
    [AllowedValues("test", "validation", "all")]
    public string Scored { get; init; } = "test";

    /// <summary>A saved split.json to use in place of all of the above but <see cref="Scored"/>.</summary>
    public string? File { get; init; }

    /// <summary>Whether the kind is a split of the published feature table.</summary>
    internal bool Published => Kind is "published" or "published_app" or "published_lstm";

    /// <summary>Whether the kind keeps speakers apart. Does not apply to a saved split, which states this itself.</summary>
    internal bool SpeakersApart => !Published && Kind != "random";
}
