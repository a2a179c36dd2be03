using SpeechEmotion.Configuration;

namespace SpeechEmotion.Evaluation;

/// <summary>Scores of a system's test clips under one condition.</summary>
/// <param name="Model">Model name.</param>
/// <param name="Labels">Label set name.</param>
/// <param name="Condition">The condition.</param>
/// <param name="All">Score over all folds and seeds, pooled.</param>
/// <param name="ByCorpus">Score of each corpus, in ordinal order.</param>
public sealed record ConditionScore(string Model, string Labels, Condition Condition, GroupScore All, IReadOnlyList<GroupScore> ByCorpus)
{
    /// <summary>Scores every system under each condition for which all of its runs have predictions.</summary>
    /// <param name="results">Finished runs, in any number.</param>
    /// <param name="conditions">The conditions, in the order in which to return them.</param>
    /// <returns>Scores in the order in which systems first appear.</returns>
    public static IReadOnlyList<ConditionScore> Of(IReadOnlyList<RunResult> results, IReadOnlyList<Condition> conditions) =>
    [
        .. from system in results.GroupBy(run => (run.Labels, run.Model))
           from condition in conditions
           where system.All(run => run.Conditions.ContainsKey(condition.Alteration.Name))
           let pool = system.SelectMany(run => run.Conditions[condition.Alteration.Name]).ToArray()
           let classes = system.First().Classes
           select new ConditionScore(
               system.Key.Model, system.Key.Labels, condition,
               Aggregate.Groups(pool, classes, _ => "all")[0], Aggregate.Groups(pool, classes, row => row.Corpus)),
    ];
}
