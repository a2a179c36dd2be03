using SpeechEmotion.Configuration;
using SpeechEmotion.Features;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>Imitates other speakers and tempi, drawn again for each batch. Each clip's frequencies are scaled by one factor, as by another
/// vocal tract and pitch (vocal tract length perturbation; Jaitly and Hinton, 2013), and its frames are read faster or slower. Both
/// interpolate linearly between normalised values: what differs between bands in the mean over all clips stays where it is, and
/// differences in time (features.deltas) are moved but not made larger or smaller.</summary>
public sealed class BatchWarp : IDisposable
{
    private readonly AugmentOptions _options;
    private readonly Tensor _mel;
    private readonly double _low;
    private readonly double _step;
    private readonly Tensor _tracks; // their column indices: kept in the product unchanged, which costs less than splitting them off
    private readonly int _pitch;
    private readonly float _octave;

    /// <summary>Prepares the warps of log-mel features.</summary>
    /// <param name="options">Largest warp of frequency and tempo; zeros are off.</param>
    /// <param name="features">The front end, for the frequencies of its bands.</param>
    /// <param name="normaliser">The normalisation that the features went through: it determines how large an octave is in the normalised
    /// pitch track.</param>
    /// <param name="device">The batches' device.</param>
    public BatchWarp(AugmentOptions options, FeatureOptions features, Normaliser normaliser, Device device)
    {
        _options = options;
        (_low, _step) = MelFilterBank.Spacing(features);
        using DisposeScope scope = NewDisposeScope();
        _mel = (arange(features.Mels, device: device).to(ScalarType.Float32) * _step + _low).DetachFromDisposeScope();
        _tracks = arange(features.Bands, features.Bands + features.Tracks, device: device).to(ScalarType.Float32).DetachFromDisposeScope();
        _pitch = features.Bands + Prosody.Pitch;
        _octave = features.Prosody && !normaliser.ByClip // Subtracting a clip's own mean removes the shift.
            ? 1 / normaliser.Deviation[_pitch]
            : 0;
    }

    /// <summary>Warps a batch; padding stays zero.</summary>
    /// <param name="batch">A batch of training clips.</param>
    /// <returns>The batch with the warped frames and their new lengths.</returns>
    public Batch Apply(Batch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor x, Tensor lengths) = (batch.Features, batch.Lengths);
        if (_options.Warp > 0)
        {
            x = Frequencies(x, lengths);
        }

        if (_options.Tempo > 0)
        {
            (x, lengths) = Frames(x, lengths);
        }

        Release(lengths, scope);
        return batch with { Features = x.MoveToOuterDisposeScope(), Lengths = lengths };
    }

    /// <summary>Moves a tensor that was made in a scope to the outer scope. A tensor from outside is not moved: it would leave its own
    /// scope, and nothing would dispose of it.</summary>
    internal static void Release(Tensor tensor, DisposeScope scope)
    {
        if (scope.Contains(tensor))
        {
            tensor.MoveToOuterDisposeScope();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _mel.Dispose();
        _tracks.Dispose();
    }

    /// <summary>Scales frequencies: band b of a clip takes the value found at the band's frequency times the clip's factor. Differences
    /// over time are warped like the bands. The pitch track falls by log2 of the factor; the other tracks are unchanged.</summary>
    private Tensor Frequencies(Tensor x, Tensor lengths)
    {
        (long n, long frames, long width) = (x.shape[0], x.shape[1], x.shape[2]);
        (long bands, long tracks) = (_mel.shape[0], _tracks.shape[0]);
        Tensor factor = Factors(n, _options.Warp, x.device).unsqueeze(1);
        Tensor hz = ((_mel / MelFilterBank.MelsPerNeper).exp() - 1) * factor; // in units of 700 Hz
        Tensor position = ((hz + 1).log() * MelFilterBank.MelsPerNeper - _low) / _step;
        Tensor places = cat([position.clamp(0, bands - 1), _tracks.expand(n, tracks)], 1);
        Tensor from = Tent(places, bands + tracks).transpose(1, 2);
        Tensor warped = x.view(n, frames * (width / (bands + tracks)), bands + tracks).matmul(from).view(n, frames, width);
        if (_octave != 0)
        {
            Tensor sound = (arange(frames, device: x.device).unsqueeze(0) < lengths.to(x.device).unsqueeze(1)).unsqueeze(2);
            warped.narrow(2, _pitch, 1).sub_(factor.log2().unsqueeze(2) * _octave * sound);
        }

        return warped;
    }

    /// <summary>Changes the tempo: every clip keeps its first and last frame; the frames between are interpolated at another
    /// step.</summary>
    private (Tensor Frames, Tensor Lengths) Frames(Tensor x, Tensor lengths)
    {
        // Lengths are on the CPU: factors drawn there need no copy back from the device.
        Tensor changed = (lengths / Factors(lengths.shape[0], _options.Tempo, CPU)).round().clamp_min(1).to(ScalarType.Int64);
        Tensor step = ((lengths - 1) / (changed - 1).clamp_min(1).to(ScalarType.Float32)).unsqueeze(1).to(x.device);
        Tensor time = arange(changed.max().item<long>(), device: x.device).unsqueeze(0);
        Tensor last = (lengths - 1).unsqueeze(1).to(x.device);
        Tensor position = (time * step).minimum(last);
        Tensor below = position.floor().to(ScalarType.Int64);
        Tensor share = (position - below).unsqueeze(2);
        Tensor valid = (time < changed.unsqueeze(1).to(x.device)).unsqueeze(2);
        Tensor frames = Rows(x, below).lerp_(Rows(x, (below + 1).minimum(last)), share);
        return (frames.mul_(valid), changed);
    }

    /// <summary>(N, P, F) frames of each clip at the frame indices <paramref name="places"/> (N, P).</summary>
    private static Tensor Rows(Tensor x, Tensor places)
    {
        Tensor first = (arange(x.shape[0], device: x.device) * x.shape[1]).unsqueeze(1);
        return x.reshape(-1, x.shape[2]).index_select(0, (places + first).flatten()).view(places.shape[0], places.shape[1], x.shape[2]);
    }

    /// <summary>(N) random factors from 1 / (1 + most) to 1 + most, uniform in their logarithm.</summary>
    private static Tensor Factors(long n, double most, Device device) => ((rand(n, device: device) * 2 - 1) * Math.Log(1 + most)).exp();

    /// <summary>(N, P, places) weights of linear interpolation at positions (N, P).</summary>
    private static Tensor Tent(Tensor positions, long places) =>
        (1 - (positions.unsqueeze(2) - arange(places, device: positions.device)).abs()).clamp_min(0);
}
