using SpeechEmotion.Audio;
using SpeechEmotion.Features.Summary;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Features;

/// <summary>Features of clips: resampled, quiet ends cut, and transformed on a device.</summary>
public sealed class FeatureExtractor : IDisposable
{
    private readonly FeatureOptions _options;
    private readonly LaneLogMel? _lanes; // on a CPU, for frames of a power of two
    private readonly LogMel? _logMel; // otherwise
    private readonly float[]? _cosines;
    private readonly Tensor? _dct;
    private readonly PitchTracker? _pitch;

    /// <summary>Prepares window, filters and transforms.</summary>
    /// <param name="options">The front end.</param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="InputException">Options that contradict each other; the message names the key.</exception>
    public FeatureExtractor(FeatureOptions options, Device device)
    {
        if (options.Kind is not ("logmel" or "mfcc" or "wave" or "summary"))
        {
            throw new InputException($"features.kind: '{options.Kind}' is not computed from sound; take logmel, mfcc, wave or summary");
        }

        _options = options;
        if (options.Kind is "wave" or "summary")
        {
            return;
        }

        _pitch = options.Prosody ? new PitchTracker(options.SampleRate, options.Hop) : null;

        // Without a tensor, so that features need not wait until libtorch is loaded.
        if (device.type == DeviceType.CPU && LaneLogMel.Takes(options))
        {
            _lanes = new LaneLogMel(options);
            _cosines = options.Kind == "mfcc" ? Mfcc.Rows(options) : null;
            return;
        }

        using DisposeScope scope = NewDisposeScope();
        _logMel = new LogMel(options, device);
        _dct = options.Kind == "mfcc" ? Mfcc.Dct(options).to(device).DetachFromDisposeScope() : null;
    }

    /// <summary>Computes the features of clips. What else is asked for at the same time has no effect on a clip's.</summary>
    /// <param name="waves">Mono sound of any length at any rate.</param>
    /// <exception cref="InputException">The 193 features are wanted of sound at too low a rate.</exception>
    /// <returns>One feature a clip, in order; all values finite where the samples are.</returns>
    public IReadOnlyList<Feature> Extract(IReadOnlyList<Waveform> waves)
    {
        Waveform[] speech = new Waveform[waves.Count];
        InParallel.Each(waves.Count, i => speech[i] = Speech(waves[i]));
        return Transform(speech);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _logMel?.Dispose();
        _dct?.Dispose();
    }

    /// <summary>A clip at the front end's rate without its quiet ends, at its own or a common level. Augmentation comes after this: noise
    /// of one level whatever the file's rate, and neither noise nor a shift is taken for the ends of speech.</summary>
    /// <param name="wave">The clip.</param>
    /// <param name="recorded">Augmentation that comes before the cut, at the front end's rate (the file's own of
    /// kind `summary`), or null.</param>
    internal Waveform Speech(Waveform wave, Func<Waveform, Waveform>? recorded = null)
    {
        if (_options.Kind == "summary")
        {
            SummaryFeatures.Check(wave);
            return recorded is null ? wave : recorded(wave); // as published: the file's own rate, silence and all
        }

        // Copies are made where something changes only: of large arrays they cost more than the features.
        float[] samples = wave.SampleRate == _options.SampleRate
            ? wave.Samples
            : Resampler.Resample(wave.Samples, wave.SampleRate, _options.SampleRate);
        samples = recorded is null ? samples : recorded(new Waveform(samples, _options.SampleRate)).Samples;
        ReadOnlySpan<float> loud = ClipCut.Trim(samples, _options);
        float[] speech = _options.NormaliseLevel ? ClipCut.Level(loud, _options)
            : loud.Length == samples.Length ? samples
            : loud.ToArray();
        return new Waveform(speech, _options.SampleRate);
    }

    /// <summary>Computes the features of clips that <see cref="Speech"/> has prepared. Each is computed by itself: a product of matrices of
    /// another size may add in another order, and a clip's values must not hang on what else was missing in the cache.</summary>
    internal IReadOnlyList<Feature> Transform(IReadOnlyList<Waveform> speech)
    {
        Feature[] features = new Feature[speech.Count];
        if (_logMel is not null)
        {
            for (int i = 0; i < features.Length; i++)
            {
                float[] clip = Fit(speech[i].Samples);
                features[i] = Completed(OnDevice(clip), clip);
            }
        }
        else
        {
            InParallel.Each(features.Length, i => features[i] = OnProcessor(speech[i]));
        }

        return features;
    }

    private Feature OnProcessor(Waveform speech)
    {
        switch (_options.Kind)
        {
            case "wave":
                return WaveFrames.Of(speech.Samples, _options);
            case "summary":
                return new Feature(SummaryFeatures.Of(speech), 1, SummaryFeatures.Count);
            default:
                float[] clip = Fit(speech.Samples), levels = _lanes!.Of(clip);
                Feature logMel = new(levels, levels.Length / _options.Mels, _options.Mels);
                return Completed(_cosines is null ? logMel : Mfcc.Of(logMel, _cosines), clip);
        }
    }

    private Feature OnDevice(float[] clip)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable off = no_grad();
        Tensor result = _logMel!.Of([clip]);
        result = (_dct is null ? result : result.matmul(_dct)).contiguous().cpu();
        return new Feature(result.data<float>().ToArray(), (int)result.shape[1], (int)result.shape[2]);
    }

    private Feature Completed(Feature feature, float[] clip)
    {
        feature = _pitch is null ? feature : Prosody.Append(feature, _pitch.Of(clip), _options.TopDb);
        return _options.Deltas ? Deltas.Append(feature) : feature;
    }

    /// <summary>The middle of a clip that is too long; silence after one that is too short to be framed.</summary>
    private float[] Fit(float[] samples)
    {
        ReadOnlySpan<float> middle = ClipCut.Middle(samples, _options);
        int length = Math.Max(middle.Length, LogMel.LeastSamples(_options));
        if (length == samples.Length)
        {
            return samples;
        }

        float[] clip = new float[length];
        middle.CopyTo(clip);
        return clip;
    }
}
