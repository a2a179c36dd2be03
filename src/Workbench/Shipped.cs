namespace SpeechEmotion;

/// <summary>Finds the configs and models that ship with the workbench: first those of the working folder, so that a checkout's own edits
/// count, then those beside the program.</summary>
public static class Shipped
{
    /// <summary>The path of a shipped config file.</summary>
    /// <param name="relative">Path below `configs`, such as `labels/four.yaml`.</param>
    /// <returns>An existing path, or null.</returns>
    public static string? Find(string relative) =>
        new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory }
            .Select(folder => Path.Combine(folder, "configs", relative))
            .FirstOrDefault(File.Exists);

    /// <summary>The released models: those of a checkout's own results, or else those beside the program.</summary>
    /// <returns>Checkpoint files, in no order.</returns>
    public static IReadOnlyList<string> Released() =>
        new[] { Path.Combine(Directory.GetCurrentDirectory(), "results", "released"), Path.Combine(AppContext.BaseDirectory, "released") }
            .Where(Directory.Exists).Select(folder => Directory.GetFiles(folder, "*.ser")).FirstOrDefault(files => files.Length > 0) ?? [];
}
