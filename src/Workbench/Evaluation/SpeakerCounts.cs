namespace SpeechEmotion.Evaluation;

/// <summary>One confusion matrix per speaker, so that a resample of speakers sums a few small matrices instead of counting thousands of
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

    /// <summary>Sum of the matrices of the given speakers; a speaker that is listed several times counts as often.</summary>
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
