namespace SpeechEmotion.Training;

/// <summary>Which clips make which batch. Clips of like length share a batch, so little padding is computed.</summary>
public static class BatchOrder
{
    /// <summary>Batches shuffled together and sorted by length; more gives less padding and less chance in who meets whom.</summary>
    private const int BucketBatches = 8;

    /// <summary>The clips of an epoch: all of them, or of each speaker as many as the limit allows, drawn anew. A corpus of two speakers
    /// and many clips (TESS) would else outweigh one of many speakers.</summary>
    /// <param name="speakers">Speaker of each clip.</param>
    /// <param name="limit">Most clips of a speaker; 0 takes all.</param>
    /// <param name="random">Decides which.</param>
    /// <returns>Clip indices, each once; as many whatever the draw.</returns>
    public static IReadOnlyList<int> Draw(IReadOnlyList<string> speakers, int limit, Random random)
    {
        IEnumerable<int> all = Enumerable.Range(0, speakers.Count);
        return limit == 0 ? [.. all] : [.. all.GroupBy(i => speakers[i]).SelectMany(group =>
        {
            int[] clips = [.. group];
            random.Shuffle(clips);
            return clips.Take(limit);
        })];
    }

    /// <summary>How likely each clip is to be in an epoch that <see cref="Draw"/> draws.</summary>
    /// <param name="speakers">Speaker of each clip.</param>
    /// <param name="limit">Most clips of a speaker; 0 takes all.</param>
    /// <returns>A share of 1 for each clip.</returns>
    public static IReadOnlyList<double> Chances(IReadOnlyList<string> speakers, int limit)
    {
        Dictionary<string, int> clips = speakers.CountBy(s => s).ToDictionary();
        return [.. speakers.Select(s => limit == 0 ? 1 : Math.Min(1, (double)limit / clips[s]))];
    }

    /// <summary>A random order for training: every clip once.</summary>
    /// <param name="clips">Clip indices.</param>
    /// <param name="lengths">Frames of each clip, by index.</param>
    /// <param name="batchSize">Clips a batch; the last of a bucket may hold fewer.</param>
    /// <param name="random">Decides the order.</param>
    /// <returns>Batches of clip indices.</returns>
    public static IReadOnlyList<int[]> Shuffled(IReadOnlyList<int> clips, IReadOnlyList<int> lengths, int batchSize, Random random)
    {
        int[] order = [.. clips];
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
