using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using SpeechEmotion.Features.Summary;

namespace SpeechEmotion.Features;

/// <summary>The front end: what a model sees of a clip. Framing, mel scale and floor follow torchaudio's MelSpectrogram and MFCC.</summary>
public sealed record FeatureOptions
{
    /// <summary>`logmel`, `mfcc`, `wave` (rows of <see cref="Hop"/> samples) or `summary` (the 193 published features, from sound or a
    /// table). Only from a feature table (data.table): `summary_mel` (its 128 mel columns) or `summary_log` (all columns, the mel powers as
    /// logarithms).</summary>
    [AllowedValues("logmel", "mfcc", "wave", "summary", "summary_mel", "summary_log")]
    public string Kind { get; init; } = "logmel";

    /// <summary>Every clip is resampled to this rate, in Hz.</summary>
    [Range(4000, 192000)]
    public int SampleRate { get; init; } = 16000;

    /// <summary>FFT size and Hann window length, in samples.</summary>
    [Range(64, 8192)]
    public int FftSize { get; init; } = 512;

    /// <summary>Hop between frames, in samples.</summary>
    [Range(16, 8192)]
    public int Hop { get; init; } = 256;

    /// <summary>Mel bands (HTK scale, no area normalisation: torchaudio's defaults).</summary>
    [Range(8, 256)]
    public int Mels { get; init; } = 64;

    /// <summary>Lowest frequency of the filter bank, in Hz.</summary>
    [Range(0, 96000)]
    public double MinHz { get; init; } = 0;

    /// <summary>Highest frequency of the filter bank, in Hz; 0 means half the sample rate.</summary>
    [Range(0, 96000)]
    public double MaxHz { get; init; }

    /// <summary>MFCC coefficients (kind `mfcc`).</summary>
    [Range(4, 128)]
    public int Mfccs { get; init; } = 40;

    /// <summary>Appends first and second differences over time (torchaudio's compute_deltas, window 5), tripling the width.</summary>
    public bool Deltas { get; init; }

    /// <summary>Appends pitch, voicing and level to each frame's bands (<see cref="Features.Prosody"/>; kinds `logmel` and `mfcc`). Caches
    /// and checkpoints made before this option existed do not have it, so it is serialised only where it is on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Prosody { get; init; }

    /// <summary>Scales each clip so that its loudest frame has a mean power of 1: the microphone's distance and gain then leave no trace.
    /// Serialised only where it is on, as <see cref="Prosody"/>. Not for kind `summary`, which is the published system's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NormaliseLevel { get; init; }

    /// <summary>Floor of the levels, in dB below the clip's loudest: lower levels are raised to it (torchaudio's top_db).</summary>
    [Range(20, 200)]
    public double TopDb { get; init; } = 80;

    /// <summary>Leading and trailing frames quieter than this many dB below the loudest frame are cut off; 0 keeps them. A recording's
    /// silence reveals the corpus, not the emotion.</summary>
    [Range(0, 120)]
    public double TrimDb { get; init; } = 40;

    /// <summary>Maximum length of a clip that a model sees, in seconds. Longer clips are cut to their middle (kind `wave`: to their
    /// beginning; kind `summary` takes the whole clip).</summary>
    [Range(0.5, 120)]
    public double MaxSeconds { get; init; } = 6;

    /// <summary>Values per frame.</summary>
    /// <remarks>Stands in the cards of checkpoints and in the keys of the feature cache, as every public property: another name, or one
    /// more such property without [JsonIgnore], would be another card and another key.</remarks>
    public int Width => Kind switch
    {
        "wave" => Hop,
        "summary" or "summary_log" => SummaryFeatures.Count,
        "summary_mel" => SlaneyMel.Bands,
        _ => (Bands + Tracks) * (Deltas ? 3 : 1),
    };

    /// <summary>Number of frames of a clip after the cut to <see cref="MaxSeconds"/>; 1 for kinds that describe a whole clip by one
    /// vector.</summary>
    /// <param name="seconds">The clip's length after trimming, in seconds.</param>
    public int Frames(double seconds)
    {
        double hops = Math.Min(seconds, MaxSeconds) * SampleRate / Hop;
        return Kind switch
        {
            _ when Banded => 1 + (int)hops,
            "wave" => Math.Max(1, (int)Math.Ceiling(hops)),
            _ => 1,
        };
    }

    /// <summary>Whether frames are of mel bands, or of the cepstrum of them.</summary>
    internal bool Banded => Kind is "logmel" or "mfcc";

    /// <summary>Mel bands or MFCCs per frame, before differences over time.</summary>
    internal int Bands => Kind == "mfcc" ? Mfccs : Mels;

    /// <summary>Values per frame that follow the bands or coefficients and are neither (<see cref="Features.Prosody"/>).</summary>
    internal int Tracks => Prosody ? Features.Prosody.Columns : 0;
}
