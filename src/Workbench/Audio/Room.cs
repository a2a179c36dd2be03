namespace SpeechEmotion.Audio;

/// <summary>Simulates the reverberation of a room: an echo of noise that decays exponentially (Moorer, About this reverberation business,
/// Computer Music Journal 1979).</summary>
public static class Room
{
    /// <summary>Seconds before the first echo; a wall is 0.4 m away.</summary>
    private const double Gap = 0.0025;

    /// <summary>Draws a room's impulse response.</summary>
    /// <param name="sampleRate">In Hz.</param>
    /// <param name="seconds">Reverberation time in seconds, after which the echo is 60 dB lower.</param>
    /// <param name="directDb">How much stronger the direct sound is than all of the echo, in dB.</param>
    /// <param name="random">Source of the echo.</param>
    /// <returns>The direct sound (1), then the echo; a fifth longer than the reverberation time.</returns>
    public static float[] Response(int sampleRate, double seconds, double directDb, Random random)
    {
        float[] response = Noise.Normal((int)(1.2 * seconds * sampleRate), random);
        int gap = Math.Min(response.Length, (int)(Gap * sampleRate));
        double power = 0;
        for (int i = 0; i < response.Length; i++)
        {
            response[i] = i < gap ? 0 : response[i] * (float)Math.Pow(10, -3.0 * i / (seconds * sampleRate));
            power += (double)response[i] * response[i];
        }

        float scale = power > 0 ? (float)Math.Sqrt(Math.Pow(10, -directDb / 10) / power) : 0;
        for (int i = 0; i < response.Length; i++)
        {
            response[i] *= scale;
        }

        return [1, .. response.Skip(1)];
    }
}
