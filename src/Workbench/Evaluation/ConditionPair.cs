using SpeechEmotion.Configuration;

namespace SpeechEmotion.Evaluation;

/// <summary>Compares two models on altered test clips.</summary>
/// <param name="Condition">The condition; null for all conditions pooled, where the difference is that of the mean UAR.</param>
/// <param name="Pair">The comparison. Its p-value is adjusted over all pairs of the label set under the same condition.</param>
public sealed record ConditionPair(Condition? Condition, StudyPair Pair)
{
    /// <summary>All pairs of models that were scored under every condition: first over all conditions pooled, then, if there are several,
    /// under each condition.</summary>
    /// <param name="results">Finished runs, in any number.</param>
    /// <param name="conditions">The conditions.</param>
    /// <exception cref="InputException">The two models of a pair were tested on different utterances in one fold.</exception>
    public static IReadOnlyList<ConditionPair> Of(IReadOnlyList<RunResult> results, IReadOnlyList<Condition> conditions)
    {
        RunResult[] scored = conditions.Count == 0 ? [] :
        [
            .. results.GroupBy(run => (run.Labels, run.Model))
                .Where(system => system.All(run => conditions.All(c => run.Conditions.ContainsKey(c.Alteration.Name))))
                .SelectMany(system => system),
        ];
        return
        [
            .. from condition in (conditions.Count > 1 ? conditions : []).Prepend<Condition?>(null)
               from pair in StudyTable.Pairs(
                   scored, run => (condition is null ? conditions : [condition]).SelectMany(c => run.Conditions[c.Alteration.Name]))
               select new ConditionPair(condition, pair),
        ];
    }
}
