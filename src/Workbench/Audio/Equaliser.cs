namespace SpeechEmotion.Audio;

/// <summary>Simulates how a microphone colours a voice: random gains at some frequencies, with straight lines (in dB) between
/// them.</summary>
public static class Equaliser
{
    private static readonly double[] Hertz = [0, 200, 500, 1000, 2000, 4000, 8000];

    /// <summary>Draws a random gain curve.</summary>
    /// <param name="mostDb">Largest boost or cut, in dB.</param>
    /// <param name="random">Source of the gains.</param>
    /// <returns>The amplitude factor at a frequency in Hz; above 8 kHz it is that of 8 kHz.</returns>
    public static Func<double, double> Draw(double mostDb, Random random)
    {
        double[] gains = [.. Hertz.Select(_ => mostDb * (2 * random.NextDouble() - 1))];
        return hertz =>
        {
            int next = Array.FindIndex(Hertz, h => h > hertz);
            double decibel = next < 0
                ? gains[^1]
                : gains[next - 1] + (gains[next] - gains[next - 1]) * (hertz - Hertz[next - 1]) / (Hertz[next] - Hertz[next - 1]);
            return Math.Pow(10, decibel / 20);
        };
    }
}
