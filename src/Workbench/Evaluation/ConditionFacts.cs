namespace SpeechEmotion.Evaluation;

/// <summary>conditions/environment.json: what a run's test clips were altered and scored with, which may be later and
/// elsewhere than its training.</summary>
/// <param name="Commit">As <see cref="RunFacts.Commit"/>; several where conditions were added.</param>
/// <param name="Device">As <see cref="RunFacts.Device"/>.</param>
/// <param name="Machine">As <see cref="RunFacts.Machine"/>.</param>
/// <param name="Versions">As <see cref="RunFacts.Versions"/>.</param>
public sealed record ConditionFacts(string Commit, string Device, string Machine, IReadOnlyDictionary<string, string> Versions);
