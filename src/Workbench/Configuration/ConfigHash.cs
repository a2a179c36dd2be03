using System.Security.Cryptography;
using System.Text;

namespace SpeechEmotion.Configuration;

/// <summary>Tells whether a finished run still answers the config that asks for it.</summary>
public static class ConfigHash
{
    /// <summary>SHA-256 of the config's YAML, leaving out the device and the number of threads, which change the time and not the question.</summary>
    /// <param name="run">A resolved config.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Of(RunConfig run)
    {
        RunConfig standard = new();
        string yaml = ConfigWriter.ToYaml(run with { Device = standard.Device, Threads = standard.Threads });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(yaml)));
    }
}
