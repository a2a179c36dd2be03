using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using SpeechEmotion.Architectures;
using SpeechEmotion.Corpora;
using SpeechEmotion.Reporting;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>What a result was computed with: machine, commit, versions, data.</summary>
public static class Provenance
{
    /// <summary>Processor, cores, NVIDIA cards and operating system.</summary>
    public static string Machine => string.Join(
        ", ", [Processor(), $"{Environment.ProcessorCount} cores", .. Cards(), RuntimeInformation.OSDescription.Trim()]);

    /// <summary>The git commit that this program was built from, with `+` where tracked files had changes; `unknown` when
    /// built outside a checkout.</summary>
    public static string Commit => CommitOf(InformationalVersion(typeof(Provenance).Assembly));

    /// <summary>Versions of .NET, TorchSharp and libtorch.</summary>
    public static IReadOnlyDictionary<string, string> Versions => new SortedDictionary<string, string>
    {
        [".NET"] = Environment.Version.ToString(),
        ["TorchSharp"] = InformationalVersion(typeof(Tensor).Assembly).Split('+')[0],
        ["libtorch"] = LibTorch.Version,
    };

    /// <summary>Names of NVIDIA cards as the driver gives them on Linux; empty if there is no driver.</summary>
    public static IReadOnlyList<string> Cards()
    {
        const string Folder = "/proc/driver/nvidia/gpus";
        return !Directory.Exists(Folder) ? []
            : [.. Directory.EnumerateFiles(Folder, "information", SearchOption.AllDirectories)
                .SelectMany(File.ReadLines)
                .Where(line => line.StartsWith("Model:", StringComparison.Ordinal))
                .Select(line => line[6..].Trim())];
    }

    /// <summary>The name of a device in results; for the CPU with its number of threads.</summary>
    /// <param name="device">The device.</param>
    public static string Name(Device device) =>
        device.type == TorchSharp.DeviceType.CPU
            ? $"cpu, {ReportText.Plural(get_num_threads(), "thread")}"
            : device.ToString();

    /// <summary>SHA-256 over the keys and file hashes of the utterances that a run used; for corpora that a table describes also over
    /// speaker, sex and label, which their keys do not contain.</summary>
    /// <param name="utterances">The utterances.</param>
    public static string DataHash(IEnumerable<Utterance> utterances)
    {
        IEnumerable<string> lines = utterances.OrderBy(u => u.Key, StringComparer.Ordinal).Select(u =>
        {
            string described = CorpusCatalog.Find(u.Corpus) is null ? $" {u.Speaker} {u.Sex} {u.Label}" : "";
            return $"{u.Key} {u.Sha256}{described}\n";
        });
        return Hash(lines);
    }

    /// <summary>SHA-256 over the keys of some utterances and their classes, which change where a label file is edited.</summary>
    /// <param name="known">Utterances and indices of their classes, in any order.</param>
    public static string ClassHash(IEnumerable<(Utterance Utterance, int Class)> known) =>
        Hash(known.Select(one => $"{one.Utterance.Key} {one.Class}\n").Order(StringComparer.Ordinal));

    private static string Hash(IEnumerable<string> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));

    private static string Processor()
    {
        const string Info = "/proc/cpuinfo";
        string? line = File.Exists(Info)
            ? File.ReadLines(Info).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string InformationalVersion(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The commit in an informational version, `VERSION+COMMIT` or `VERSION+COMMIT+`, cut to twelve digits.</summary>
    internal static string CommitOf(string version) =>
        version.Split('+') is [_, { Length: >= 12 } commit, .. var changed] ? commit[..12] + (changed.Length > 0 ? "+" : "") : "unknown";
}
