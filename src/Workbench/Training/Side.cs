using SpeechEmotion.Corpora;

namespace SpeechEmotion.Training;

/// <summary>One side of a split, ready for the device.</summary>
/// <param name="Clips">Features.</param>
/// <param name="Utterances">The utterance of each clip.</param>
/// <param name="Labels">The class of each clip.</param>
public sealed record Side(ClipSet Clips, IReadOnlyList<Utterance> Utterances, IReadOnlyList<int> Labels);
