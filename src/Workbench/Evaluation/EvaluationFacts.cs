namespace SpeechEmotion.Evaluation;

/// <summary>environment.json of a model that was scored on other data (`ser evaluate`): what was scored, with what program and machine, and
/// what a reader of the scores must know.</summary>
/// <param name="Model">Name of the model for people: its run or its file.</param>
/// <param name="Architecture">The model's architecture.</param>
/// <param name="Labels">Name of the model's label set.</param>
/// <param name="Corpus">The scored corpus; null for all of the data.</param>
/// <param name="Alteration">How the sound was altered; null if it was not.</param>
/// <param name="Normalise">Whose mean and deviation replaced those of the training clips: `speaker`, `corpus` or null.</param>
/// <param name="About">What was scored and its caveats in sentences, as the confusion page shows them.</param>
/// <param name="Device">As <see cref="RunFacts.Device"/>.</param>
/// <param name="Machine">As <see cref="RunFacts.Machine"/>.</param>
/// <param name="Commit">As <see cref="RunFacts.Commit"/>.</param>
/// <param name="DataHash">SHA-256 over the scored utterances' hashes.</param>
/// <param name="Versions">As <see cref="RunFacts.Versions"/>.</param>
public sealed record EvaluationFacts(
    string Model,
    string Architecture,
    string Labels,
    string? Corpus,
    string? Alteration,
    string? Normalise,
    string About,
    string Device,
    string Machine,
    string Commit,
    string DataHash,
    IReadOnlyDictionary<string, string> Versions);
