namespace SpeechEmotion.Evaluation;

/// <summary>A confusion that every model of a label set makes more often than if its errors on that emotion were spread evenly over the
/// wrong answers.</summary>
/// <param name="Truth">The true emotion.</param>
/// <param name="Answer">The wrong answer.</param>
/// <param name="Shares">For each model, in the order given, the share of the emotion's clips that got this answer, 0 to 1.</param>
public sealed record CommonConfusion(string Truth, string Answer, IReadOnlyList<double> Shares)
{
    /// <summary>Finds the common confusions of some systems.</summary>
    /// <param name="rows">The systems of one label set.</param>
    /// <returns>Confusions by mean share, the largest first; none for fewer than two systems.</returns>
    public static IReadOnlyList<CommonConfusion> Of(IReadOnlyList<SystemSummary> rows)
    {
        int classes = rows.Count < 2 ? 0 : rows[0].Classes.Count;
        ConfusionMatrix[] matrices = [.. rows.Select(row => row.Metrics.Confusion)];
        return
        [
            .. from truth in Enumerable.Range(0, classes)
               from answer in Enumerable.Range(0, classes)
               where truth != answer
                   // In whole numbers: two classes have no other wrong answer, so the two sides are then equal.
                   && matrices.All(matrix =>
                       matrix[truth, answer] * (classes - 1L) > matrix.RowTotal(truth) - matrix[truth, truth])
               let shares = matrices.Select(matrix => matrix.RowShare(truth, answer)).ToArray()
               orderby shares.Average() descending
               select new CommonConfusion(rows[0].Classes[truth], rows[0].Classes[answer], shares),
        ];
    }
}
