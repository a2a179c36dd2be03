namespace SpeechEmotion.Training;

/// <summary>Assigns clips to batches. Clips of similar length share a batch, so that little computation is spent on padding.</summary>
public static class BatchOrder
{
    /// <summary>Batches per bucket, whose clips are sorted by length together. More batches per bucket give less padding, but also less
    /// random batches.</summary>
    private const int BucketBatches = 8;

    /// <summary>Draws the clips of an epoch: all of them, or at most <paramref name="limit"/> of each speaker. Without a limit, a corpus of
    /// two speakers and many clips (TESS) would outweigh one of many speakers.</summary>
    /// <param name="speakers">Speaker of each clip.</param>
    /// <param name="limit">Maximum number of clips per speaker; 0 takes all.</param>
    /// <param name="random">Source of the random choice.</param>
    /// <returns>Clip indices, each once; their number is the same for every draw.</returns>
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

    /// <summary>Probability that each clip is in an epoch that <see cref="Draw"/> draws.</summary>
    /// <param name="speakers">Speaker of each clip.</param>
    /// <param name="limit">Maximum number of clips per speaker; 0 takes all.</param>
    /// <returns>One probability per clip, 0 to 1.</returns>
    public static IReadOnlyList<double> Chances(IReadOnlyList<string> speakers, int limit)
    {
        Dictionary<string, int> clips = speakers.CountBy(s => s).ToDictionary();
        return [.. speakers.Select(s => limit == 0 ? 1 : Math.Min(1, (double)limit / clips[s]))];
    }

    /// <summary>A random order for training: every clip once.</summary>
    /// <param name="clips">Clip indices.</param>
    /// <param name="lengths">Frames of each clip, by index.</param>
    /// <param name="batchSize">Clips per batch; the last batch of the last bucket may hold fewer.</param>
    /// <param name="random">Source of the random order.</param>
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
    /// <param name="batchSize">Clips per batch.</param>
    /// <returns>Batches of clip indices.</returns>
    public static IReadOnlyList<int[]> Sorted(IReadOnlyList<int> lengths, int batchSize) =>
        Enumerable.Range(0, lengths.Count).OrderBy(i => lengths[i]).Chunk(batchSize).ToArray();
}
