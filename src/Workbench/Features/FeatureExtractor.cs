using SpeechEmotion.Audio;
using SpeechEmotion.Features.Summary;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Features;

/// <summary>Computes the features of clips: resamples them, cuts their quiet ends and transforms them on a device.</summary>
public sealed class FeatureExtractor : IDisposable
{
    private readonly FeatureOptions _options;
    private readonly LaneLogMel? _lanes; // on a CPU, where the FFT size is a power of two
    private readonly LogMel? _logMel; // otherwise
    private readonly float[]? _cosines;
    private readonly Tensor? _dct;
    private readonly PitchTracker? _pitch;

    /// <summary>Prepares window, filters and transforms.</summary>
    /// <param name="options">The front end; it keeps <see cref="FeatureRules"/>.</param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="InputException">The kind is of a feature table, not of sound.</exception>
    public FeatureExtractor(FeatureOptions options, Device device)
    {
        if (!options.Banded && options.Kind is not ("wave" or "summary"))
        {
            throw new InputException(
                $"features.kind: '{options.Kind}' is columns of a feature table, so a model of them hears no sound; "
                + "take logmel, mfcc, wave or summary");
        }

        _options = options;
        if (!options.Banded)
        {
            return;
        }

        _pitch = options.Prosody ? new PitchTracker(options.SampleRate, options.Hop) : null;

        // Uses no tensor, so that features need not wait until libtorch is loaded.
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

    /// <summary>Computes the features of clips. A clip's features do not depend on the other clips in the call.</summary>
    /// <param name="waves">Mono sound of any length at any rate.</param>
    /// <exception cref="InputException">Kind is `summary`, and a clip is too short or its rate too low or too high.</exception>
    /// <returns>One feature per clip, in order; all values are finite where the samples are.</returns>
    public IReadOnlyList<Feature> Extract(IReadOnlyList<Waveform> waves)
    {
        Waveform[] speech = new Waveform[waves.Count];
        InParallel.Each(waves.Count, i => speech[i] = Speech(waves[i]));
        return Transform(speech);
    }

    /// <summary>Computes the features of one clip, and tells which part of it they are of.</summary>
    /// <param name="wave">Mono sound of any length at any rate.</param>
    /// <exception cref="InputException">As for <see cref="Extract"/>.</exception>
    public HeardClip Hear(Waveform wave)
    {
        Waveform clip = AtRate(wave);
        ReadOnlySpan<float> loud = Loud(clip);
        ReadOnlySpan<float> heard = _options.Kind switch
        {
            "summary" => loud,
            "wave" => WaveFrames.Beginning(loud, _options),
            _ => ClipCut.Middle(loud, _options),
        };
        clip.Samples.AsSpan().Overlaps(heard, out int start);
        double rate = clip.SampleRate;
        HeardPart part = new(start / rate, (start + heard.Length) / rate, heard.Length < loud.Length);
        return new HeardClip(Transform([Cut(clip, loud)])[0], part, Recording.IsSilent(heard));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _logMel?.Dispose();
        _dct?.Dispose();
    }

    /// <summary>Prepares a clip: resamples it to the front end's rate, cuts its quiet ends and, if asked for, normalises its level (kind
    /// `summary`: leaves it as it is). Augmentation normally comes after this, so that noise has the same level whatever the file's rate,
    /// and neither noise nor a shift is mistaken for the ends of speech.</summary>
    /// <param name="wave">The clip.</param>
    /// <param name="recorded">Augmentation to apply before the cut, or null. It sees the clip at the front end's rate (kind `summary`: at
    /// the file's own).</param>
    internal Waveform Speech(Waveform wave, Func<Waveform, Waveform>? recorded = null)
    {
        Waveform clip = recorded is null ? AtRate(wave) : recorded(AtRate(wave));
        return Cut(clip, Loud(clip));
    }

    /// <summary>The part of a prepared clip that <see cref="Transform"/> uses, so that long recordings need not be kept.</summary>
    internal Waveform Used(Waveform speech) => _options.Kind switch
    {
        _ when _options.Banded => new Waveform(Fit(speech.Samples), speech.SampleRate),
        "wave" => new Waveform(WaveFrames.Beginning(speech.Samples, _options).ToArray(), speech.SampleRate),
        _ => speech,
    };

    /// <summary>Computes the features of clips that <see cref="Speech"/> has prepared. Each clip is computed alone: a matrix product of
    /// another size may add in another order, and a clip's values must not depend on which others were missing in the cache.</summary>
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

    /// <summary>A clip at the front end's rate (kind `summary`, as published: at its own).</summary>
    private Waveform AtRate(Waveform wave)
    {
        if (_options.Kind == "summary")
        {
            SummaryFeatures.Check(wave);
            return wave;
        }

        return wave.SampleRate == _options.SampleRate
            ? wave
            : new Waveform(Resampler.Resample(wave.Samples, wave.SampleRate, _options.SampleRate), _options.SampleRate);
    }

    /// <summary>A clip without its quiet ends (kind `summary`, as published: with them).</summary>
    private ReadOnlySpan<float> Loud(Waveform clip) => _options.Kind == "summary" ? clip.Samples : ClipCut.Trim(clip.Samples, _options);

    /// <summary>The loud part of a clip, at the level that is asked for. Arrays are copied only where something changes: copying large
    /// ones costs more than the features.</summary>
    private Waveform Cut(Waveform clip, ReadOnlySpan<float> loud) =>
        _options.NormaliseLevel && _options.Kind != "summary" ? new Waveform(ClipCut.Level(loud, _options), clip.SampleRate)
        : loud.Length == clip.Samples.Length ? clip
        : new Waveform(loud.ToArray(), clip.SampleRate);

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

        // Features are cached for all runs, also for those that do not round their products (train.tf32).
        bool rounds = backends.cuda.matmul.allow_tf32;
        backends.cuda.matmul.allow_tf32 = false;
        try
        {
            Tensor result = _logMel!.Of(clip);
            result = (_dct is null ? result : result.matmul(_dct)).contiguous().cpu();
            return new Feature(result.data<float>().ToArray(), (int)result.shape[1], (int)result.shape[2]);
        }
        finally
        {
            backends.cuda.matmul.allow_tf32 = rounds;
        }
    }

    private Feature Completed(Feature feature, float[] clip)
    {
        feature = _pitch is null ? feature : Prosody.Append(feature, _pitch.Of(clip), _options.TopDb);
        return _options.Deltas ? Deltas.Append(feature) : feature;
    }

    /// <summary>Cuts a clip that is too long to its middle, and appends silence to one that is too short to be framed.</summary>
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
