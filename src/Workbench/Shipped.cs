namespace SpeechEmotion;

/// <summary>Finds the configs that ship with the workbench: those of the working folder first, so a checkout's own edits count, then those beside the program.</summary>
public static class Shipped
{
    /// <summary>The path of a shipped config file.</summary>
    /// <param name="relative">Path below `configs`, such as `labels/four.yaml`.</param>
    /// <returns>An existing path, or null.</returns>
    public static string? Find(string relative) =>
        new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory }
            .Select(folder => Path.Combine(folder, "configs", relative))
            .FirstOrDefault(File.Exists);
}
