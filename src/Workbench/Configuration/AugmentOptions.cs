using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace SpeechEmotion.Configuration;

/// <summary>Augmentation of training clips, after the split. Zero switches a setting off.</summary>
public sealed record AugmentOptions
{
    /// <summary>Adds this many altered copies of each training clip before training (the published recipe is 1, with noise,
    /// shift, pitch and stretch).</summary>
    [Range(0, 20)]
    public int Copies { get; init; }

    /// <summary>Copies get noise at a signal-to-noise ratio (the whole clip's power to the noise's) drawn from this many dB up to 20 dB
    /// more; 0 adds none.</summary>
    [Range(0, 100)]
    public double NoiseDb { get; init; }

    /// <summary>The noise's spectrum falls by up to this many dB per octave: 0 is white, 3 pink, 6 brown. It is part of the feature cache's
    /// key only where it is on, so that copies cached before this setting existed stay valid; likewise the next three.</summary>
    [Range(0, 12), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double NoiseTilt { get; init; }

    /// <summary>Copies get a room's reverberation. Its reverberation time is drawn from a third of this to this many seconds, and the
    /// direct sound is 3 to 12 dB above the echo (<see cref="Audio.Room"/>).</summary>
    [Range(0, 5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double RoomSeconds { get; init; }

    /// <summary>Copies are filtered as by a microphone's frequency response: gains of up to this many dB either way, drawn for each of
    /// seven frequencies (<see cref="Audio.Equaliser"/>).</summary>
    [Range(0, 24), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double EqualiseDb { get; init; }

    /// <summary>True alters copies as they were recorded, before their quiet ends are cut and their level is set, so that added noise keeps
    /// the ends from being cut; false alters them after both.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool BeforeCut { get; init; }

    /// <summary>Copies are shifted in time by up to this many seconds.</summary>
    [Range(0, 5)]
    public double ShiftSeconds { get; init; }

    /// <summary>Copies are shifted in pitch by up to this many semitones, duration kept.</summary>
    [Range(0, 12)]
    public double PitchSemitones { get; init; }

    /// <summary>Copies are stretched in time by up to this share (0.1: factor 0.9 to 1.1), pitch kept.</summary>
    [Range(0, 0.5)]
    public double Stretch { get; init; }

    /// <summary>Gain of up to this many dB either way, drawn each time a clip is seen.</summary>
    [Range(0, 40)]
    public double GainDb { get; init; }

    /// <summary>Frequencies of a clip are scaled up or down by a factor of up to 1 plus this, drawn each time a clip is seen; log-mel
    /// features only.</summary>
    [Range(0, 0.5)]
    public double Warp { get; init; }

    /// <summary>Frames of a clip are read faster or slower by a factor of up to 1 plus this, drawn each time a clip is seen.</summary>
    [Range(0, 0.5)]
    public double Tempo { get; init; }

    /// <summary>SpecAugment: widest band of mel channels set to the mean, drawn twice each time a clip is seen.</summary>
    [Range(0, 128)]
    public int FrequencyMask { get; init; }

    /// <summary>SpecAugment: longest run of frames set to the mean, drawn twice each time a clip is seen.</summary>
    [Range(0, 1000)]
    public int TimeMask { get; init; }

    /// <summary>α of mixup's Beta(α, α) distribution; 0 does not mix.</summary>
    [Range(0, 10)]
    public double Mixup { get; init; }

    /// <summary>These options with only what alters the sound of a copy. The number of copies and what is drawn each time a clip is seen
    /// are set to 0.</summary>
    public AugmentOptions OfSound() =>
        this with { Copies = 0, GainDb = 0, Warp = 0, Tempo = 0, FrequencyMask = 0, TimeMask = 0, Mixup = 0 };
}
