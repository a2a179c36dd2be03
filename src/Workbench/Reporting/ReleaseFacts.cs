using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reporting;

/// <summary>What the model card of a released model is written from.</summary>
/// <param name="Run">The run whose weights are released, unless <paramref name="Further"/> is given.</param>
/// <param name="Runs">Number of runs of the same architecture and labels in the study, one per fold and seed.</param>
/// <param name="Architectures">Number of architectures of the study on these labels.</param>
/// <param name="Asked">True if the architecture was named, false if it was chosen by its validation UAR.</param>
/// <param name="ValidationUar">Mean over the architecture's runs of the validation UAR of the kept epoch, 0 to 1.</param>
/// <param name="Temperature">Temperature fitted on the validation speakers of these runs.</param>
/// <param name="Threshold">Probability below which the answer is 'not sure'.</param>
/// <param name="Before">Test predictions of these runs at temperature 1.</param>
/// <param name="After">The same predictions, each fold's at a temperature that was fitted without its test speakers.</param>
/// <param name="Corpora">Corpora that the released weights were trained on.</param>
/// <param name="Conditions">Test predictions under each condition under which all of these runs were scored, calibrated like
/// <paramref name="After"/> and keyed by the condition's title; empty where there is none.</param>
/// <param name="Held">Training clips whose statistics the released weights hold, and values of each; null for a model that holds
/// none.</param>
/// <param name="Altered">True if altered copies of the clips trained too.</param>
/// <param name="Further">Facts of the run whose weights are shipped in place of those of <paramref name="Run"/>, or null.</param>
public sealed record ReleaseFacts(
    RunResult Run,
    int Runs,
    int Architectures,
    bool Asked,
    double ValidationUar,
    double Temperature,
    double Threshold,
    IReadOnlyList<Prediction> Before,
    IReadOnlyList<Prediction> After,
    IReadOnlyList<string> Corpora,
    IReadOnlyList<KeyValuePair<string, IReadOnlyList<Prediction>>> Conditions,
    (long Clips, long Values)? Held,
    bool Altered,
    RunFacts? Further);
