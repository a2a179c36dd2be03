
namespace SpeechEmotion.Training;

/// <summary>A trained model and its name.</summary>
/// <param name="Name">The name that users see and give.</param>
/// <param name="Path">Path of its checkpoint.</param>
public sealed record ModelFile(string Name, string Path);

/// <summary>Finds trained models: those released with the program, and those that the user names.</summary>
public static class ModelFiles
{
    private const string First = "four";

    /// <summary>Maximum number of path parts in a name.</summary>
    private const int MostParts = 8;

    /// <summary>The released models, `four` first, then by name; empty if none is shipped.</summary>
    public static IReadOnlyList<ModelFile> Released() =>
        [.. Shipped.Released().Select(path => new ModelFile(Path.GetFileNameWithoutExtension(path), path))
            .OrderBy(model => model.Name == First ? 0 : 1).ThenBy(model => model.Name, StringComparer.Ordinal)];

    /// <summary>The models to use: the named ones, then the released ones whose names are not taken by a named one.</summary>
    /// <param name="named">Run folders, checkpoint files, or names of released models.</param>
    /// <param name="released">The released models.</param>
    /// <returns>At least one model; the first is the default.</returns>
    /// <exception cref="InputException">There is no model at all, or none with a given name.</exception>
    public static IReadOnlyList<ModelFile> Choose(IReadOnlyList<string> named, IReadOnlyList<ModelFile> released)
    {
        ModelFile[] models = [.. Apart(named, released).Concat(released).DistinctBy(model => model.Name)];
        return models.Length > 0
            ? models
            : throw new InputException(
                "there is no trained model: none was released with this program; "
                + "train one with `ser train configs/base.yaml configs/models/cnn.yaml`, and give its folder with --model");
    }

    /// <summary>The model with a given name.</summary>
    /// <param name="name">A run folder, a checkpoint file, or a released model's name.</param>
    /// <exception cref="InputException">There is no such model.</exception>
    public static ModelFile Named(string name) => Choose([name], Released())[0];

    /// <summary>The named models, each called by the fewest trailing parts of its path that tell them all apart: runs of a study may differ
    /// in their parent folders only.</summary>
    private static IEnumerable<ModelFile> Apart(IReadOnlyList<string> named, IReadOnlyList<ModelFile> released)
    {
        int parts = 1;
        ModelFile[] models;
        do
        {
            models = [.. named.Select(name => Find(name, released, parts)).Distinct()];
        }
        while (models.DistinctBy(model => model.Name).Count() < models.Length && parts++ < MostParts);
        return models;
    }

    private static ModelFile Find(string name, IReadOnlyList<ModelFile> released, int parts)
    {
        if (!Path.Exists(name))
        {
            string[] names = [.. released.Select(model => model.Name)];
            string there = names.Length > 0
                ? $"there are {string.Join(" and ", names)}{Nearest.Hint(name, names)}"
                : "none was released with this program";
            return released.FirstOrDefault(model => model.Name == name)
                ?? throw new InputException($"{name}: neither a file or folder nor a released model; {there}");
        }

        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(name));
        string bare = Directory.Exists(path) ? path : Path.ChangeExtension(path, null);
        string shown = string.Join('/', bare.Split(Path.DirectorySeparatorChar).TakeLast(parts));
        return new ModelFile(shown, Directory.Exists(path) ? new RunFolder(path).Best : path);
    }
}
