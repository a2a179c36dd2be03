namespace SpeechEmotion.Splits;

/// <summary>Which utterances train, select and test one run.</summary>
/// <param name="Name">Protocol and fold, such as `merged-2`.</param>
/// <param name="SpeakersApart">True where no speaker may be on two sides; checked when the split is made and whenever it is loaded.</param>
/// <param name="Train">Keys of the training utterances.</param>
/// <param name="Validation">Keys of the utterances that selection looks at.</param>
/// <param name="Test">Keys of the utterances that are scored once.</param>
/// <param name="Leaks">True where a published protocol lets one sound stand on two sides, or scores what it trained on; kept to show by how
/// much that flatters. No other split may.</param>
public sealed record Split(
    string Name,
    bool SpeakersApart,
    IReadOnlyList<string> Train,
    IReadOnlyList<string> Validation,
    IReadOnlyList<string> Test,
    bool Leaks = false);
