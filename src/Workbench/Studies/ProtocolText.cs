using SpeechEmotion.Configuration;

namespace SpeechEmotion.Studies;

/// <summary>What a split means, in words for a report.</summary>
public static class ProtocolText
{
    /// <summary>The voice of the built-in corpus, so that nobody takes its figures for speech.</summary>
    public const string SyntheticVoice =
        "The voice is synthetic: a computed source-filter voice whose prosody follows what the literature says of each emotion. "
        + "These figures show that the workbench works. They say nothing about recognising emotion in people.";

    /// <summary>Describes who is tested and who is not.</summary>
    /// <param name="split">The split.</param>
    /// <returns>One or two sentences.</returns>
    public static string Of(SplitOptions split) => split.File is string file ? $"The split saved in {file}." : split.Kind switch
    {
        "merged" =>
            "Speakers apart, six folds: RAVDESS's published folds (EmoBox, Interspeech 2024), with SAVEE's JE, KL, DC and JK joining the test side of the first four. "
            + "TESS and CREMA-D are training data only. Epochs are chosen on validation speakers; test speakers are scored once.",
        "ravdess" =>
            "Speakers apart, RAVDESS's six published folds (EmoBox, Interspeech 2024). Epochs are chosen on validation speakers; test speakers are scored once.",
        "savee" =>
            "Speakers apart, SAVEE's four speakers left out in turn. Epochs are chosen on a validation speaker; the test speaker is scored once.",
        "grouped" =>
            $"Speakers apart, dealt to {split.Folds} folds. Epochs are chosen on validation speakers; test speakers are scored once.",
        _ =>
            $"Random split in {split.Folds} folds: the same speakers are in training and test, so these figures flatter.",
    };
}
