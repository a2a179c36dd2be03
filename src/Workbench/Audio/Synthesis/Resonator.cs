namespace SpeechEmotion.Audio.Synthesis;

/// <summary>Klatt's digital resonator (1980, equations 2 and 3), gain 1 at 0 Hz.</summary>
internal sealed class Resonator(int sampleRate)
{
    private double _a, _b, _c, _y1, _y2;

    /// <summary>Sets centre and bandwidth in Hz; the state goes on.</summary>
    public void Tune(double hz, double bandwidth)
    {
        _c = -Math.Exp(-2 * Math.PI * bandwidth / sampleRate);
        _b = 2 * Math.Exp(-Math.PI * bandwidth / sampleRate) * Math.Cos(2 * Math.PI * hz / sampleRate);
        _a = 1 - _b - _c;
    }

    /// <summary>Filters one sample.</summary>
    public double Next(double x)
    {
        double y = (_a * x) + (_b * _y1) + (_c * _y2);
        (_y2, _y1) = (_y1, y);
        return y;
    }
}
