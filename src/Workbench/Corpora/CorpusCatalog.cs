namespace SpeechEmotion.Corpora;

/// <summary>The corpora that the workbench knows by their file names. A new one takes one source file and one line here; a
/// <see cref="ListedCorpus"/> needs neither.</summary>
public static class CorpusCatalog
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ICorpus> All { get; } =
        [new Ravdess(), new CremaD(), new Tess(), new Savee(), new EmoDb(), new Synthetic(), new TableRows()];

    /// <summary>A corpus by its name.</summary>
    /// <param name="name">Name in lower case.</param>
    /// <returns>The corpus, or null.</returns>
    public static ICorpus? Find(string name) => All.FirstOrDefault(c => c.Name == name);
}
