using SpeechEmotion.Configuration;

namespace SpeechEmotion.Audio;

/// <summary>Makes altered copies of training clips: first the voice changes (stretch, pitch, shift), then its transmission (room,
/// microphone). Noise comes last, so that it covers all of the sound.</summary>
public static class WaveAugment
{
    /// <summary>The signal-to-noise ratio is drawn from the requested one up to this many dB more.</summary>
    private const double NoiseRangeDb = 20;

    /// <summary>Range of the direct sound's level above a room's echo, in dB.</summary>
    private const double LeastDirectDb = 3, MostDirectDb = 12;

    /// <summary>Applies every transform that the options switch on, each by an amount drawn uniformly from its range.</summary>
    /// <param name="wave">The clip; it is not modified.</param>
    /// <param name="options">Ranges; zero switches a transform off. Gain, masks and mixup are not applied here: they are drawn each time a
    /// clip is seen.</param>
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

        if ((options.RoomSeconds > 0 || options.EqualiseDb > 0) && samples.Length > 0)
        {
            float[] room = [];
            if (options.RoomSeconds > 0)
            {
                double seconds = Between(options.RoomSeconds / 3, options.RoomSeconds);
                double directDb = Between(LeastDirectDb, MostDirectDb);
                room = Room.Response(wave.SampleRate, seconds, directDb, random);
            }

            Func<double, double>? colour = options.EqualiseDb > 0 ? Equaliser.Draw(options.EqualiseDb, random) : null;
            samples = SpectralFilter.Apply(samples, wave.SampleRate, colour, room);
        }

        if (options.NoiseDb > 0)
        {
            double snr = Between(options.NoiseDb, options.NoiseDb + NoiseRangeDb);
            double tilt = options.NoiseTilt > 0 ? Between(0, options.NoiseTilt) : 0;
            samples = Noise.Apply(samples, wave.SampleRate, snr, tilt, random);
        }

        return wave with { Samples = ReferenceEquals(samples, wave.Samples) ? [.. samples] : samples };

        double Either(double most) => most * (2 * random.NextDouble() - 1);

        double Between(double least, double most) => least + (most - least) * random.NextDouble();
    }
}
