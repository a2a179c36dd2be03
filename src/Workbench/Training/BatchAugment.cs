using SpeechEmotion.Configuration;
using SpeechEmotion.Features;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>Random augmentation, drawn again for each batch and applied as a few tensor operations on the device: warps
/// (<see cref="BatchWarp"/>), gain, and SpecAugment's masks (Park et al., 2019: two time masks and two frequency masks, without its time
/// warping).</summary>
public sealed class BatchAugment : IDisposable
{
    private const int Masks = 2;
    private readonly AugmentOptions _options;
    private readonly Tensor _decibel;
    private readonly int _bands;
    private readonly Tensor _band;
    private readonly BatchWarp? _warp;

    /// <summary>Prepares the augmentation of normalised features.</summary>
    /// <param name="options">What to draw; zeros are off.</param>
    /// <param name="features">The front end, which determines what a gain does to a frame.</param>
    /// <param name="normaliser">The normalisation that the features went through.</param>
    /// <param name="device">The batches' device.</param>
    public BatchAugment(AugmentOptions options, FeatureOptions features, Normaliser normaliser, Device device)
    {
        _options = options;
        _bands = features.Bands;
        _band = tensor(BandOf(features)).unsqueeze(0).to(device).DetachFromDisposeScope();
        _warp = options.Warp > 0 || options.Tempo > 0 ? new BatchWarp(options, features, normaliser, device) : null;
        _decibel = tensor(Decibel(features, normaliser)).to(device).DetachFromDisposeScope();
    }

    /// <summary>Alters a batch; padding stays zero.</summary>
    /// <param name="batch">A batch of training clips.</param>
    /// <returns>The altered batch.</returns>
    public Batch Apply(Batch batch)
    {
        if (_options is { GainDb: 0, TimeMask: 0, FrequencyMask: 0 } && _warp is null)
        {
            return batch;
        }

        using DisposeScope scope = NewDisposeScope();
        batch = _warp?.Apply(batch) ?? batch;
        Tensor x = batch.Features;
        (long n, long frames) = (x.shape[0], x.shape[1]);
        Tensor lengths = batch.Lengths.to(x.device).unsqueeze(1);
        x = _options.GainDb > 0 ? x + (rand(n, 1, 1, device: x.device) * 2 - 1) * _options.GainDb * _decibel : x.clone();

        // Frames and bands are masked one after the other: a joint mask would be as large as the batch.
        Tensor time = arange(frames, device: x.device).unsqueeze(0), keep = time < lengths;
        for (int i = 0; i < Masks && _options.TimeMask > 0; i++)
        {
            keep = keep.logical_and(Outside(time, lengths, _options.TimeMask));
        }

        x.mul_(keep.unsqueeze(2));
        for (int i = 0; i < Masks && _options.FrequencyMask > 0; i++)
        {
            x.mul_(Outside(_band, full_like(lengths, _bands), _options.FrequencyMask).unsqueeze(1));
        }

        BatchWarp.Release(batch.Lengths, scope);
        return batch with { Features = x.MoveToOuterDisposeScope() };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _decibel.Dispose();
        _band.Dispose();
        _warp?.Dispose();
    }

    /// <summary>Band of each value of a frame. Differences over time are masked with the band that they come from; prosody tracks belong to
    /// no band (-1) and are never masked.</summary>
    private static long[] BandOf(FeatureOptions features) =>
        [.. Enumerable.Range(0, features.Width)
            .Select(f => f % (features.Bands + features.Tracks))
            .Select(f => f < features.Bands ? f : -1L)];

    /// <summary>(N, P) true outside one run of positions that is drawn for each clip: at most <paramref name="most"/> positions, and at
    /// most half of <paramref name="lengths"/>.</summary>
    private static Tensor Outside(Tensor positions, Tensor lengths, int most)
    {
        Tensor length = lengths.to(ScalarType.Float32);
        Tensor run = rand_like(length) * (length / 2).clamp_max(most);
        Tensor start = rand_like(length) * (length - run);
        return (positions < start).logical_or(positions >= start + run);
    }

    /// <summary>Change of each normalised value of a frame when the gain rises by one decibel.</summary>
    private static float[] Decibel(FeatureOptions features, Normaliser normaliser)
    {
        float[] change = new float[normaliser.Mean.Count];
        if (normaliser.ByClip || !features.Banded)
        {
            return change; // Subtracting a clip's own mean removes any gain; other front ends are not in decibels.
        }

        if (features.Prosody)
        {
            int level = features.Bands + Prosody.Level;
            change[level] = 1 / normaliser.Deviation[level];
        }

        if (features.Kind == "mfcc")
        {
            // The orthonormal DCT of a constant is non-zero only in its first coefficient.
            change[0] = MathF.Sqrt(features.Mels) / normaliser.Deviation[0];
            return change;
        }

        for (int f = 0; f < features.Mels; f++)
        {
            change[f] = 1 / normaliser.Deviation[f];
        }

        return change;
    }
}
