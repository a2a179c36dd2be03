using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reporting;

/// <summary>What the card of a released model says.</summary>
/// <param name="Run">The run whose weights are released, unless a further one's are.</param>
/// <param name="Runs">Runs of the same architecture and labels in the study, one a fold and seed.</param>
/// <param name="Architectures">Architectures of the study on these labels.</param>
/// <param name="Asked">True where the architecture was named, and not chosen by its validation UAR.</param>
/// <param name="ValidationUar">Mean validation UAR of its runs' kept epochs.</param>
/// <param name="Temperature">Fitted on their validation speakers.</param>
/// <param name="Threshold">Below it the answer is 'not sure'.</param>
/// <param name="Before">Their test predictions at temperature 1.</param>
/// <param name="After">The same at the fitted temperature.</param>
/// <param name="Corpora">Corpora that the released weights were trained on.</param>
/// <param name="Conditions">Test predictions under each condition that all of these runs were heard under, by the condition in words;
/// empty where there is none.</param>
/// <param name="Further">Of the run whose weights are shipped in place of <paramref name="Run"/>'s, or null.</param>
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
    RunFacts? Further);
