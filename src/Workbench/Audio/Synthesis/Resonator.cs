namespace SpeechEmotion.Audio.Synthesis;

/// <summary>A second-order section of Klatt's synthesizer (1980, equations 1 to 4): one formant, one zero, or one band of noise.</summary>
/// <remarks>A mutable struct: keep it in a writable field, variable or array, never in a read-only one.</remarks>
public struct Resonator
{
    private double _a, _b, _c, _one, _two;

    /// <summary>Sets centre and bandwidth; the filter's state is kept, so it rings on.</summary>
    /// <param name="hertz">Centre, below half of the rate.</param>
    /// <param name="width">Bandwidth in Hz.</param>
    /// <param name="sampleRate">In Hz.</param>
    public void Tune(double hertz, double width, int sampleRate)
    {
        double radius = Math.Exp(-Math.PI * width / sampleRate);
        _c = -radius * radius;
        _b = 2 * radius * Math.Cos(2 * Math.PI * hertz / sampleRate);
        _a = 1 - _b - _c;
    }

    /// <summary>One sample of a formant, with gain 1 at 0 Hz.</summary>
    /// <param name="x">Input.</param>
    public double Resonate(double x)
    {
        double y = _a * x + _b * _one + _c * _two;
        (_two, _one) = (_one, y);
        return y;
    }

    /// <summary>One sample of a zero pair, the inverse of <see cref="Resonate"/>.</summary>
    /// <param name="x">Input.</param>
    public double Cancel(double x)
    {
        double y = (x - _b * _one - _c * _two) / _a;
        (_two, _one) = (_one, x);
        return y;
    }

    /// <summary>One sample of a band, with gain about 1 at the centre and none at 0 Hz.</summary>
    /// <param name="x">Input.</param>
    public double Band(double x)
    {
        double state = x + _b * _one + _c * _two;
        double y = 0.5 * (1 + _c) * (state - _two);
        (_two, _one) = (_one, state);
        return y;
    }
}
