using SpeechEmotion.Audio;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Features;

/// <summary>Features of clips: resampled, quiet ends cut, and transformed in batches on a device.</summary>
public sealed class FeatureExtractor : IDisposable
{
    /// <summary>Samples in a batch: enough to keep a device busy, few enough to stay in memory (some 20 MB with the defaults).</summary>
    private const int BatchSamples = 1 << 20;

    private readonly FeatureOptions _options;
    private readonly LogMel _logMel;
    private readonly Tensor? _dct;

    /// <summary>Prepares window, filters and transforms.</summary>
    /// <param name="options">The front end.</param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="InputException">Options that contradict each other; the message names the key.</exception>
    public FeatureExtractor(FeatureOptions options, Device device)
    {
        if (options.Kind is not ("logmel" or "mfcc" or "wave"))
        {
            throw new InputException($"features.kind: '{options.Kind}' is not computed from sound; take logmel, mfcc or wave");
        }

        using DisposeScope scope = NewDisposeScope();
        _options = options;
        _dct = options.Kind == "mfcc" ? Mfcc.Dct(options).to(device).DetachFromDisposeScope() : null;
        _logMel = new LogMel(options, device);
    }

    /// <summary>Computes the features of clips. What else is asked for at the same time changes nothing but the last bits of rounding.</summary>
    /// <param name="waves">Mono sound of any length at any rate.</param>
    /// <returns>One feature a clip, in order; all values finite where the samples are.</returns>
    public IReadOnlyList<Feature> Extract(IReadOnlyList<Waveform> waves)
    {
        Waveform[] speech = new Waveform[waves.Count];
        Parallel.For(0, waves.Count, i => speech[i] = Speech(waves[i]));
        return Transform(speech);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _logMel.Dispose();
        _dct?.Dispose();
    }

    /// <summary>A clip at the front end's rate without its quiet ends. Augmentation comes after this: noise of one level whatever the file's rate,
    /// and neither noise nor a shift is taken for the ends of speech.</summary>
    internal Waveform Speech(Waveform wave)
    {
        float[] samples = Resampler.Resample(wave.Samples, wave.SampleRate, _options.SampleRate);
        return new Waveform(ClipCut.Trim(samples, _options).ToArray(), _options.SampleRate);
    }

    /// <summary>Computes the features of clips that <see cref="Speech"/> has prepared.</summary>
    internal IReadOnlyList<Feature> Transform(IReadOnlyList<Waveform> speech)
    {
        if (_options.Kind == "wave")
        {
            return [.. speech.Select(wave => WaveFrames.Of(wave.Samples, _options))];
        }

        Feature[] features = new Feature[speech.Count];
        float[][] clips = speech.Select(wave => Fit(wave.Samples)).ToArray();
        int[] order = Enumerable.Range(0, clips.Length).OrderByDescending(i => clips[i].Length).ToArray();
        for (int start = 0; start < order.Length;)
        {
            int longest = clips[order[start]].Length;
            int[] batch = order[start..Math.Min(order.Length, start + Math.Max(1, BatchSamples / longest))];
            Transform(batch, clips, features);
            start += batch.Length;
        }

        return features;
    }

    private void Transform(int[] batch, float[][] clips, Feature[] features)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable off = no_grad();
        Tensor result = _logMel.Of(batch.Select(i => clips[i]).ToArray());
        result = (_dct is null ? result : result.matmul(_dct)).contiguous().cpu();
        int width = (int)result.shape[2];
        float[] values = result.data<float>().ToArray();
        for (int n = 0; n < batch.Length; n++)
        {
            int frames = _logMel.FramesOf(clips[batch[n]].Length), start = n * (int)result.shape[1] * width;
            Feature feature = new(values[start..(start + frames * width)], frames, width);
            features[batch[n]] = _options.Deltas ? Deltas.Append(feature) : feature;
        }
    }

    /// <summary>The middle of a clip that is too long; silence after one that is too short to be framed.</summary>
    private float[] Fit(ReadOnlySpan<float> samples)
    {
        samples = ClipCut.Middle(samples, _options);
        float[] clip = new float[Math.Max(samples.Length, _logMel.LeastSamples)];
        samples.CopyTo(clip);
        return clip;
    }
}
