using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reporting;

/// <summary>What the model card of a released model is written from.</summary>
/// <param name="Run">The run whose weights are released, unless <paramref name="Further"/> is given.</param>
/// <param name="Runs">Number of runs of the same architecture and labels in the study, one per fold and seed.</param>
/// <param name="Architectures">Number of architectures of the study on these labels.</param>
/// <param name="Asked">True if the architecture was named, false if it was chosen by its validation UAR.</param>
/// <param name="Scores">How well these runs hear.</param>
/// <param name="Threshold">Probability below which the answer is 'not sure'.</param>
/// <param name="Corpora">Corpora that the released weights were trained on.</param>
/// <param name="Held">Training clips whose statistics the released weights hold, and values of each; null for a model that holds
/// none.</param>
/// <param name="Altered">True if altered copies of the clips trained too.</param>
/// <param name="Further">Facts of the run whose weights are shipped in place of those of <paramref name="Run"/>, or null.</param>
public sealed record ReleaseFacts(
    RunResult Run,
    int Runs,
    int Architectures,
    bool Asked,
    ReleaseScores Scores,
    double Threshold,
    IReadOnlyList<string> Corpora,
    (long Clips, long Values)? Held,
    bool Altered,
    RunFacts? Further);
