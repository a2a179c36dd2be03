namespace SpeechEmotion.Splits;

/// <summary>Which utterances train, select and test one run.</summary>
/// <param name="Name">Protocol and fold, such as `merged-2`.</param>
/// <param name="SpeakersApart">True where no speaker may be on two sides; checked when the split is made and whenever it is loaded.</param>
/// <param name="Train">Keys of the training utterances.</param>
/// <param name="Validation">Keys of the utterances that selection uses.</param>
/// <param name="Test">Keys of the utterances that are scored once.</param>
/// <param name="Leaks">True for a published protocol that lets one sound be on two sides, or scores what it trained on; kept to show by how
/// much this overstates results. No other split may do so.</param>
public sealed record Split(
    string Name,
    bool SpeakersApart,
    IReadOnlyList<string> Train,
    IReadOnlyList<string> Validation,
    IReadOnlyList<string> Test,
    bool Leaks = false);
