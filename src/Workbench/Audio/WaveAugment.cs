using SpeechEmotion.Configuration;

namespace SpeechEmotion.Audio;

/// <summary>Makes the altered copies of training clips: stretch, pitch, shift, and noise last, so that it lies over all of the sound.</summary>
public static class WaveAugment
{
    /// <summary>Noise is drawn from the asked ratio up to this many dB more.</summary>
    public const double NoiseRangeDb = 20;

    /// <summary>Alters a clip by every transform that the options switch on, each by an amount drawn evenly from its range.</summary>
    /// <param name="wave">The clip; it stays as it is.</param>
    /// <param name="options">Ranges; zeros are off. Gain, masks and mixup are not done here: they are drawn each time a clip is seen.</param>
    /// <param name="random">Source of every draw; the same seed gives the same samples.</param>
    /// <returns>A new clip at the same rate.</returns>
    public static Waveform Apply(Waveform wave, AugmentOptions options, Random random)
    {
        float[] samples = wave.Samples;
        if (options.Stretch > 0)
        {
            samples = TimeStretch.Apply(samples, wave.SampleRate, 1 + Either(options.Stretch));
        }

        if (options.PitchSemitones > 0)
        {
            samples = PitchShift.Apply(samples, wave.SampleRate, Either(options.PitchSemitones));
        }

        if (options.ShiftSeconds > 0)
        {
            samples = TimeShift.Apply(samples, (long)Math.Round(Either(options.ShiftSeconds) * wave.SampleRate));
        }

        if (options.NoiseDb > 0)
        {
            samples = WhiteNoise.Apply(samples, options.NoiseDb + NoiseRangeDb * random.NextDouble(), random);
        }

        return wave with { Samples = ReferenceEquals(samples, wave.Samples) ? [.. samples] : samples };

        double Either(double most) => most * (2 * random.NextDouble() - 1);
    }
}
