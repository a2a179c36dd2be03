using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reporting;

/// <summary>How well the runs of a recipe hear, and how far their probabilities can be believed.</summary>
/// <param name="ValidationUar">Mean over the runs of the validation UAR of the kept epoch, 0 to 1.</param>
/// <param name="Validation">Predictions for the validation speakers of all runs, at temperature 1.</param>
/// <param name="Temperature">Temperature fitted on these.</param>
/// <param name="Before">Test predictions of the runs at temperature 1.</param>
/// <param name="After">The same predictions, each fold's at a temperature that was fitted without its test speakers.</param>
/// <param name="Conditions">Test predictions under each condition under which all of these runs were scored, calibrated like
/// <paramref name="After"/> and keyed by the condition's title; empty where there is none.</param>
public sealed record ReleaseScores(
    double ValidationUar,
    IReadOnlyList<Prediction> Validation,
    double Temperature,
    IReadOnlyList<Prediction> Before,
    IReadOnlyList<Prediction> After,
    IReadOnlyList<KeyValuePair<string, IReadOnlyList<Prediction>>> Conditions);
