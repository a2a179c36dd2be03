using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SpeechEmotion;

/// <summary>Seeds of the parts of a run. Each epoch starts from its own seed, so a resumed run draws the same random numbers as an
/// uninterrupted one.</summary>
public static class Seeds
{
    /// <summary>A seed for one purpose, independent of the seeds of all others.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="purpose">What it is for, such as `epoch 3`.</param>
    /// <returns>0 to 2³¹ − 1, the same on every machine.</returns>
    public static int Of(int seed, string purpose) =>
        BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {purpose}"))) & int.MaxValue;
}
