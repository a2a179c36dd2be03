namespace SpeechEmotion.Audio.Synthesis;

/// <summary>Random numbers that depend on a name alone: the same in every process, thread and order of calls.
/// SplitMix64 (Steele, Lea and Flood 2014) started at the name's FNV-1a hash.</summary>
/// <param name="name">Any text; equal names give equal sequences.</param>
public sealed class SeededRandom(string name)
{
    private ulong _state = Hash(name);
    private double _spare = double.NaN;

    /// <summary>A uniform number from 0, included, to 1, excluded.</summary>
    public double Uniform()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>A uniform number between two bounds.</summary>
    /// <param name="low">Smallest.</param>
    /// <param name="high">Upper bound.</param>
    public double Uniform(double low, double high) => low + (high - low) * Uniform();

    /// <summary>A standard normal deviate (Box and Muller 1958).</summary>
    public double Normal()
    {
        double value = _spare;
        if (!double.IsNaN(value))
        {
            _spare = double.NaN;
            return value;
        }

        double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform()));
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * Uniform());
        _spare = radius * sine;
        return radius * cosine;
    }

    private static ulong Hash(string name) => name.Aggregate(0xCBF29CE484222325, (hash, c) => (hash ^ c) * 0x100000001B3);
}
