using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>Statistics of each value over a clip's frames: mean, standard deviation, minimum and maximum or percentiles, mean
/// absolute step between frames.</summary>
internal static class ClipStatistics
{
    /// <summary>Lower bound of the variance: a constant value's deviation is the root of this, since a root of 0 has no gradient.</summary>
    public const float LeastVariance = 1e-5f;

    /// <summary>Number of statistics per value.</summary>
    /// <param name="percentiles">Percentiles in place of minimum and maximum; if empty, minimum and maximum.</param>
    public static int Count(IReadOnlyList<int> percentiles) => 3 + (percentiles.Count > 0 ? percentiles.Count : 2);

    /// <summary>(N, T, F) to (N, S · F), for S statistics per value; padding has no part in them.</summary>
    /// <param name="features">(N, T, F).</param>
    /// <param name="lengths">(N) int64 on the CPU.</param>
    /// <param name="percentiles">As in <see cref="Count"/>; by linear interpolation (NumPy's default).</param>
    public static Tensor Of(Tensor features, Tensor lengths, IReadOnlyList<int> percentiles)
    {
        (Tensor x, Tensor frames, Tensor count) = Sound(features, lengths);
        Tensor padding = frames.eq(0);
        Tensor order = percentiles.Count > 0
            ? Percentiles(x, padding, count, percentiles)
            : cat([x.masked_fill(padding, double.PositiveInfinity).amin(1), x.masked_fill(padding, double.NegativeInfinity).amax(1)], 1);
        long steps = x.shape[1] - 1;
        Tensor change = (x.narrow(1, 1, steps) - x.narrow(1, 0, steps)).abs() * frames.narrow(1, 1, steps);
        Tensor step = change.sum(1) / (count - 1).clamp_min(1);
        return cat([Moments(x, frames, count), order, step], 1);
    }

    /// <summary>(N, T, F) to (N, 2 F): mean and deviation of each value; padding has no part in them.</summary>
    /// <param name="features">(N, T, F).</param>
    /// <param name="lengths">(N) int64 on the CPU.</param>
    public static Tensor Moments(Tensor features, Tensor lengths)
    {
        (Tensor x, Tensor frames, Tensor count) = Sound(features, lengths);
        return Moments(x, frames, count);
    }

    private static Tensor Moments(Tensor x, Tensor frames, Tensor count)
    {
        Tensor mean = x.sum(1) / count;
        return cat([mean, (((x - mean.unsqueeze(1)).square() * frames).sum(1) / count).clamp_min(LeastVariance).sqrt()], 1);
    }

    /// <summary>Values with padding cleared (N, T, F); 1 on sound frames (N, T, 1); number of sound frames (N, 1).</summary>
    private static (Tensor Values, Tensor Frames, Tensor Count) Sound(Tensor features, Tensor lengths)
    {
        Tensor mask = FrameMask.Of(lengths, features.shape[1], features), frames = mask.unsqueeze(-1);
        return (FrameMask.Clear(features, mask), frames, frames.sum(1));
    }

    private static Tensor Percentiles(Tensor x, Tensor padding, Tensor count, IReadOnlyList<int> percentiles)
    {
        // Padding sorts behind all sound.
        Tensor sorted = x.masked_fill(padding, float.MaxValue).sort(1).Values;
        Tensor shares = tensor(percentiles.Select(p => p / 100f).ToArray(), device: x.device);
        Tensor place = (count - 1) * shares; // (N, P)
        Tensor below = place.floor(), part = (place - below).unsqueeze(-1);
        return At(below).lerp(At((below + 1).minimum(count - 1)), part).flatten(1);

        Tensor At(Tensor places) => sorted.gather(1, places.to(ScalarType.Int64).unsqueeze(-1).expand(-1, -1, x.shape[2]));
    }
}
