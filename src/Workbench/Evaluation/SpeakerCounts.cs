namespace SpeechEmotion.Evaluation;

/// <summary>One confusion matrix a speaker. A resample of speakers is then a sum of a few small matrices instead of thousands of
/// clips.</summary>
internal sealed class SpeakerCounts
{
    private readonly int[][] counts;

    public SpeakerCounts(IReadOnlyList<Prediction> predictions, int classCount)
    {
        ClassCount = classCount;

        // Ordinal order, so that the same clips in another order give the same draws.
        counts = [.. predictions.GroupBy(row => row.Speaker).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            int[] matrix = new int[classCount * classCount];
            ConfusionMatrix.Count(group, classCount, matrix);
            return matrix;
        })];
    }

    public int ClassCount { get; }

    public int Speakers => counts.Length;

    public ReadOnlySpan<int> Of(int speaker) => counts[speaker];

    /// <summary>The sum of some speakers' matrices, a speaker as often as it is named.</summary>
    public int[] Sum(ReadOnlySpan<int> speakers)
    {
        int[] sum = new int[ClassCount * ClassCount];
        foreach (int speaker in speakers)
        {
            int[] matrix = counts[speaker];
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += matrix[i];
            }
        }

        return sum;
    }
}
