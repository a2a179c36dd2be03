namespace SpeechEmotion.Evaluation;

/// <summary>A system's test clips heard under one condition.</summary>
/// <param name="Model">Model name.</param>
/// <param name="Labels">Label set name.</param>
/// <param name="Condition">The alteration's name.</param>
/// <param name="Metrics">Metrics of all folds and seeds in one pool.</param>
/// <param name="UarInterval">95 % interval of its UAR over speakers; null with one.</param>
public sealed record ConditionScore(string Model, string Labels, string Condition, MetricsSummary Metrics, Interval? UarInterval)
{
    /// <summary>Every system under every condition that all of its runs were heard under.</summary>
    /// <param name="results">Finished runs, in any number.</param>
    /// <param name="conditions">Names of alterations, in the order to give them.</param>
    /// <returns>In the order in which systems first appear.</returns>
    public static IReadOnlyList<ConditionScore> Of(IReadOnlyList<RunResult> results, IReadOnlyList<string> conditions) =>
    [
        .. from system in results.GroupBy(run => (run.Labels, run.Model))
           from condition in conditions
           where system.All(run => run.Conditions.ContainsKey(condition))
           let pool = system.SelectMany(run => run.Conditions[condition]).ToArray()
           let classes = system.First().Classes
           select new ConditionScore(system.Key.Model, system.Key.Labels, condition, Evaluation.Metrics.Compute(pool, classes), Bootstrap.UarInterval(pool, classes.Count)),
    ];
}
