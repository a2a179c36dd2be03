using System.Security.Cryptography;
using System.Text;

namespace SpeechEmotion.Configuration;

/// <summary>Tells whether a finished run still matches the config that asks for it.</summary>
public static class ConfigHash
{
    /// <summary>SHA-256 of the config's YAML without the device, the number of threads and the folder of the corpora, which do not change
    /// the question that a run answers.</summary>
    /// <param name="run">A resolved config.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Of(RunConfig run) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Question(run))));

    /// <summary>The settings of one config that another does not share, apart from those that <see cref="Of"/> leaves out.</summary>
    /// <param name="asked">The config whose settings are returned.</param>
    /// <param name="other">The config to compare with.</param>
    /// <returns>Keys and values such as `train.epochs: 60`, and `--data given` for the folder of the corpora; none where both ask the
    /// same.</returns>
    public static IReadOnlyList<string> Differences(RunConfig asked, RunConfig other) =>
    [
        .. Lines(asked).Except(Lines(other))
            .Select(line => line.Text.StartsWith(' ') ? $"{line.Section[..^1]}.{line.Text.Trim()}" : line.Text)
            .Select(text => text switch { "data.root: given" => "--data given", "data.root: null" => "--data not given", _ => text }),
    ];

    /// <summary>Each line with its section, since two sections may hold the same key and value.</summary>
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
        DataOptions data = run.Data with { Root = run.Data.Root is null ? null : "given" }; // Without a root the voice is synthetic.
        return ConfigWriter.ToYaml(run with { Data = data, Device = standard.Device, Threads = standard.Threads });
    }
}
