using System.Security.Cryptography;
using System.Text;

namespace SpeechEmotion.Configuration;

/// <summary>Tells whether a finished run still answers the config that asks for it.</summary>
public static class ConfigHash
{
    /// <summary>SHA-256 of the config's YAML, leaving out the device, the number of threads and where the corpora lie, which do not
    /// change the question.</summary>
    /// <param name="run">A resolved config.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Of(RunConfig run) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Question(run))));

    /// <summary>What one config asks and another does not.</summary>
    /// <param name="asked">The one.</param>
    /// <param name="other">The other.</param>
    /// <returns>Lines of YAML such as `epochs: 60`; none where both ask the same.</returns>
    public static IReadOnlyList<string> Differences(RunConfig asked, RunConfig other) =>
        [.. Lines(asked).Except(Lines(other)).Select(line => line.Text.Trim())];

    /// <summary>Each line under its section: the same key and value may stand in two.</summary>
    private static List<(string Section, string Text)> Lines(RunConfig run)
    {
        List<(string, string)> lines = [];
        string section = "";
        foreach (string line in Question(run).Split('\n'))
        {
            section = line.StartsWith(' ') ? section : line;
            lines.Add((section, line));
        }

        return lines;
    }

    private static string Question(RunConfig run)
    {
        RunConfig standard = new();
        DataOptions data = run.Data with { Root = run.Data.Root is null ? null : "given" }; // Without one the voice is synthetic.
        return ConfigWriter.ToYaml(run with { Data = data, Device = standard.Device, Threads = standard.Threads });
    }
}
