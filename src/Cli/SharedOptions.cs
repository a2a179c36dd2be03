using System.CommandLine;

namespace SpeechEmotion.Cli;

/// <summary>Options that several commands take; each command gets its own instance.</summary>
internal static class SharedOptions
{
    /// <summary>`--set KEY=VALUE`, any number of times.</summary>
    public static Option<string[]> Set() => new("--set")
    {
        Description = "Override a key of the config, such as train.epochs=5; may be repeated",
        HelpName = "KEY=VALUE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>`--data DIR`.</summary>
    /// <param name="without">What is used without it, for the help; empty where nothing is.</param>
    public static Option<string?> Data(string without = "") =>
        new("--data") { Description = "Folder with the corpora" + without, HelpName = "DIR" };

    /// <summary>What training uses without `--data`, for the help.</summary>
    public const string SyntheticVoice = "; without it the built-in synthetic voice";

    /// <summary>The overrides, with the data folder added to them.</summary>
    /// <param name="set">What `--set` gave.</param>
    /// <param name="data">What `--data` gave, or null.</param>
    public static IReadOnlyList<string> WithData(IReadOnlyList<string> set, string? data) =>
        data is null ? set : [.. set, $"data.root='{data.Replace("'", "''", StringComparison.Ordinal)}'"];
}
