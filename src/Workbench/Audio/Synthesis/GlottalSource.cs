namespace SpeechEmotion.Audio.Synthesis;

/// <summary>Qualities of a voice apart from its vocal tract.</summary>
/// <param name="OpenQuotient">Open share of a glottal cycle, 0.3 (pressed) to 0.85 (breathy).</param>
/// <param name="TiltDb">Loss at 3 kHz, in dB, 0 or more.</param>
/// <param name="BreathDb">Aspiration noise, in dB relative to the glottal excitation.</param>
/// <param name="JitterPercent">Standard deviation of a period, in percent.</param>
/// <param name="ShimmerDb">Standard deviation of a pulse's amplitude, in dB.</param>
public sealed record VoiceQuality(double OpenQuotient, double TiltDb, double BreathDb, double JitterPercent, double ShimmerDb);

/// <summary>The voice source: the derivative of the glottal flow of KLGLOTT88 (Klatt and Klatt 1990), U(t) = a t² − b t³ while open,
/// with jitter, shimmer, tilt and breath.</summary>
/// <remarks>A pulse may start between samples, and each sample is a mean over its own span, taken from the flow's integral in closed form.
/// So f0 is exact and there is little aliasing.</remarks>
/// <param name="quality">The voice.</param>
/// <param name="random">For jitter, shimmer and breath.</param>
/// <param name="sampleRate">In Hz.</param>
public sealed class GlottalSource(VoiceQuality quality, SeededRandom random, int sampleRate)
{
    private readonly double _pole = TiltPole(quality.TiltDb, sampleRate);
    private readonly double _breath = Math.Pow(10, quality.BreathDb / 20);
    private double _phase, _period, _open, _amplitude, _flow, _tilted;

    /// <summary>The next sample of voice and breath.</summary>
    /// <param name="f0">In Hz; read where a period starts.</param>
    /// <param name="voicing">Amplitude of the pulses, 0 to about 3.</param>
    /// <param name="aspiration">Amplitude of breath without voice, 0 to 1.</param>
    public double Next(double f0, double voicing, double aspiration)
    {
        double area = 0;
        double left = 1;
        while (_phase + left >= _period)
        {
            area += Area(_open) - Area(_phase);
            left -= Math.Max(0, _period - _phase);
            Start(f0);
        }

        area += Area(_phase + left) - Area(_phase);
        _phase += left;
        double pulse = area - _flow;
        _flow = area;
        _tilted = (1 - _pole) * pulse + _pole * _tilted;

        // Air flows mostly while the glottis is open: Klatt's noise falls by half when it closes.
        double gate = _phase < _open ? 1 : 0.5;
        double noise = random.Normal() * (_breath * voicing * gate + aspiration * 0.1);
        return _tilted * voicing + noise;
    }

    /// <summary>The integral of a pulse's flow up to <paramref name="time"/> samples after its start.</summary>
    private double Area(double time)
    {
        double t = Math.Min(time, _open);
        return _open == 0 ? 0 : _amplitude / _open * t * t * t * (1.0 / 3 - t / (4 * _open));
    }

    private void Start(double f0)
    {
        double jitter = Math.Clamp(random.Normal(), -3, 3) * quality.JitterPercent / 100;
        _period = sampleRate / f0 * (1 + jitter);
        _open = _period * quality.OpenQuotient;
        _amplitude = Math.Pow(10, quality.ShimmerDb * Math.Clamp(random.Normal(), -3, 3) / 20);
        _phase = 0;
    }

    /// <summary>The pole of (1 − p) / (1 − p z⁻¹) that loses <paramref name="decibels"/> at 3 kHz.</summary>
    private static double TiltPole(double decibels, int sampleRate)
    {
        double gain = Math.Pow(10, -Math.Max(decibels, 0.01) / 10);
        double half = 1 - gain * Math.Cos(2 * Math.PI * 3000 / sampleRate);
        double rest = 1 - gain;
        return (half - Math.Sqrt(half * half - rest * rest)) / rest;
    }
}
