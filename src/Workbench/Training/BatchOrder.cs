namespace SpeechEmotion.Training;

/// <summary>Which clips make which batch. Clips of like length share a batch, so little padding is computed.</summary>
public static class BatchOrder
{
    /// <summary>Batches shuffled together and sorted by length; more gives less padding and less chance in who meets whom.</summary>
    private const int BucketBatches = 8;

    /// <summary>A random order for training: every clip once.</summary>
    /// <param name="lengths">Frames of each clip.</param>
    /// <param name="batchSize">Clips a batch; the last of a bucket may hold fewer.</param>
    /// <param name="random">Decides the order.</param>
    /// <returns>Batches of clip indices.</returns>
    public static IReadOnlyList<int[]> Shuffled(IReadOnlyList<int> lengths, int batchSize, Random random)
    {
        int[] order = Enumerable.Range(0, lengths.Count).ToArray();
        random.Shuffle(order);
        int[][] batches = order.Chunk(batchSize * BucketBatches)
            .SelectMany(bucket => bucket.OrderBy(i => lengths[i]).Chunk(batchSize))
            .ToArray();
        random.Shuffle(batches);
        return batches;
    }

    /// <summary>The order for scoring: by length, every clip once.</summary>
    /// <param name="lengths">Frames of each clip.</param>
    /// <param name="batchSize">Clips a batch.</param>
    /// <returns>Batches of clip indices.</returns>
    public static IReadOnlyList<int[]> Sorted(IReadOnlyList<int> lengths, int batchSize) =>
        Enumerable.Range(0, lengths.Count).OrderBy(i => lengths[i]).Chunk(batchSize).ToArray();
}
