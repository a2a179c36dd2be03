namespace SpeechEmotion.Audio.Synthesis;

/// <summary>Pulses of the vocal folds: the derivative of Klatt and Klatt's polynomial pulse (1990, KLGLOTT88), with jitter and shimmer, softened by a
/// one-pole low pass, with noise while the folds are open.</summary>
internal sealed class GlottalSource(int sampleRate, Random random)
{
    private const double OpenQuotient = 0.6;
    private double _phase = 1, _period = 1, _shimmer = 1, _low;

    /// <summary>One sample.</summary>
    /// <param name="pitch">Fundamental frequency in Hz.</param>
    /// <param name="jitter">Share by which a period may differ.</param>
    /// <param name="breath">Amplitude of the noise, against pulses of about 1.</param>
    /// <param name="cutoff">Corner of the spectral tilt in Hz.</param>
    public double Next(double pitch, double jitter, double breath, double cutoff)
    {
        _phase += pitch * _period / sampleRate;
        if (_phase >= 1)
        {
            _phase -= 1;
            _period = 1 + (jitter * 2 * ((2 * random.NextDouble()) - 1));
            _shimmer = 1 + (jitter * 4 * ((2 * random.NextDouble()) - 1));
        }

        double open = _phase / OpenQuotient;
        double pulse = open < 1 ? ((2 * open) - (3 * open * open)) * _shimmer : 0;
        double noise = breath * ((2 * random.NextDouble()) - 1) * (open < 1 ? 1 : 0.3);
        _low += (1 - Math.Exp(-2 * Math.PI * cutoff / sampleRate)) * (pulse - _low);
        return _low + noise;
    }
}
