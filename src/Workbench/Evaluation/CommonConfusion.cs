namespace SpeechEmotion.Evaluation;

/// <summary>A confusion that every model of a label set makes more often than errors spread evenly over the wrong answers would.</summary>
/// <param name="Truth">The emotion.</param>
/// <param name="Answer">What it is taken for.</param>
/// <param name="Shares">Share of the emotion's clips in each model, 0 to 1, models as given.</param>
public sealed record CommonConfusion(string Truth, string Answer, IReadOnlyList<double> Shares)
{
    /// <summary>Finds them.</summary>
    /// <param name="rows">The systems of one label set.</param>
    /// <returns>Those with the largest mean share first; none for fewer than two systems.</returns>
    public static IReadOnlyList<CommonConfusion> Of(IReadOnlyList<SystemSummary> rows)
    {
        int classes = rows.Count < 2 ? 0 : rows[0].Classes.Count;
        ConfusionMatrix[] matrices = [.. rows.Select(row => row.Metrics.Confusion)];
        return
        [
            .. from truth in Enumerable.Range(0, classes)
               from answer in Enumerable.Range(0, classes)
               where truth != answer
                   && matrices.All(matrix => matrix.RowShare(truth, answer) > (1 - matrix.RowShare(truth, truth)) / (classes - 1))
               let shares = matrices.Select(matrix => matrix.RowShare(truth, answer)).ToArray()
               orderby shares.Average() descending
               select new CommonConfusion(rows[0].Classes[truth], rows[0].Classes[answer], shares),
        ];
    }
}
