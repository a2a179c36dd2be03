namespace SpeechEmotion.Evaluation;

/// <summary>conditions/environment.json: the program and machine that altered and scored a run's test clips. This may happen later and on
/// another machine than the training.</summary>
/// <param name="Commit">As <see cref="RunFacts.Commit"/>; several, separated by `; `, where conditions were added later.</param>
/// <param name="Device">As <see cref="RunFacts.Device"/>.</param>
/// <param name="Machine">As <see cref="RunFacts.Machine"/>.</param>
/// <param name="Versions">As <see cref="RunFacts.Versions"/>.</param>
public sealed record ConditionFacts(string Commit, string Device, string Machine, IReadOnlyDictionary<string, string> Versions);
