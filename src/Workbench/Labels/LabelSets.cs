using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;

namespace SpeechEmotion.Labels;

/// <summary>Reads label sets, which are data files.</summary>
public static class LabelSets
{
    /// <summary>What a label set is called in results: its name, or that of its file.</summary>
    /// <param name="nameOrPath">As <see cref="Load"/> takes it.</param>
    public static string NameOf(string nameOrPath) => Path.GetFileNameWithoutExtension(nameOrPath);

    /// <summary>The label set that a run's network is trained on: the classes of `data.labels`, followed by those that only `train.labels`
    /// has.</summary>
    /// <param name="asked">The label set of `data.labels`.</param>
    /// <param name="run">The run.</param>
    /// <exception cref="InputException">As <see cref="Load"/>; or the two sets have different names for one label.</exception>
    public static LabelSet Taught(LabelSet asked, RunConfig run) =>
        run.Train.Labels is string more ? asked.With(Load(more, "train.labels")) : asked;

    /// <summary>Reads a label set.</summary>
    /// <param name="nameOrPath">A name under configs/labels, such as four, or the path of a YAML file.</param>
    /// <param name="key">The key that named it, for the error.</param>
    /// <returns>The label set.</returns>
    /// <exception cref="InputException">There is no such file, or it is wrong; a line for each mistake names file, line, key and the
    /// nearest valid name.</exception>
    public static LabelSet Load(string nameOrPath, string key = "data.labels")
    {
        string path = Find(nameOrPath) ?? throw new InputException($"{key}: {WhyNone(nameOrPath)}");
        ConfigErrors errors = new();
        MapNode file = YamlSource.ReadFile(path, errors);
        errors.ThrowIfAny();
        foreach ((string unknown, ConfigNode node) in file.Entries.Where(e => e.Key is not ("classes" or "map")))
        {
            errors.Add(node.Where, unknown, "unknown key" + Nearest.Hint(unknown, ["classes", "map"]));
        }

        string[] classes = Classes(file, errors);
        string[] byName = [.. CorpusCatalog.All.Select(c => c.Name)], known = [.. byName, LabelSet.Listed];
        Dictionary<string, IReadOnlyDictionary<string, string>> map = [];
        foreach ((string name, ConfigNode node) in Map(file, "map", errors))
        {
            if (known.Contains(name))
            {
                map[name] = Labels(name, node, classes, errors);
            }
            else
            {
                errors.Add(node.Where, $"map.{name}",
                    $"not a corpus that is known by its file names ({string.Join(", ", byName)}){Nearest.Hint(name, known)}; "
                    + $"a corpus that a {ListedCorpus.FileName} describes goes under '{LabelSet.Listed}'");
            }
        }

        errors.ThrowIfAny();
        return new LabelSet(NameOf(path), classes, map);
    }

    /// <summary>Why there is no label set of this name or path; null where there is one.</summary>
    internal static string? WhyNone(string nameOrPath)
    {
        if (Find(nameOrPath) is not null)
        {
            return null;
        }

        if (nameOrPath.AsSpan().IndexOfAny('/', '.') >= 0)
        {
            return $"there is no file '{nameOrPath}' in the working folder ({Directory.GetCurrentDirectory()}), which paths of label sets "
                + "are relative to";
        }

        string[] shipped = ShippedNames();
        return $"there is no label set '{nameOrPath}'{Nearest.Hint(nameOrPath, shipped)} "
            + $"({string.Join(", ", shipped)} ship with the workbench, and the path of a YAML file is taken too)";
    }

    /// <summary>The file of a label set, where it is one of the user's own and not shipped; else null.</summary>
    internal static string? OwnFile(string nameOrPath) => Find(nameOrPath) == nameOrPath ? nameOrPath : null;

    private static string? Find(string nameOrPath) =>
        Shipped.Find($"labels/{nameOrPath}.yaml") ?? (File.Exists(nameOrPath) ? nameOrPath : null);

    private static string[] Classes(MapNode file, ConfigErrors errors)
    {
        if (file.Entries.GetValueOrDefault("classes") is not ListNode list
            || list.Items.Any(item => item is not TextNode { IsNull: false }))
        {
            errors.Add(file.Find("classes") ?? file.Where, "classes", "needs a list of names, such as [anger, happy, neutral, sad]");
            return [];
        }

        string[] classes = [.. list.Items.Cast<TextNode>().Select(item => item.Text)];
        if (classes.Length < 2 || classes.Distinct().Count() < classes.Length)
        {
            errors.Add(list.Where, "classes", "needs at least two names, each once");
        }

        return classes;
    }

    private static Dictionary<string, string> Labels(string corpus, ConfigNode node, string[] classes, ConfigErrors errors)
    {
        Dictionary<string, string> labels = new(LabelSet.Comparer(corpus));
        IEnumerable<string> published = CorpusCatalog.Find(corpus)?.Labels.Keys ?? [];
        MapNode parent = new(node.Where, new Dictionary<string, ConfigNode> { [corpus] = node });
        foreach ((string own, ConfigNode value) in Map(parent, corpus, errors, "map."))
        {
            string key = $"map.{corpus}.{own}";
            if (published.Any() && !published.Contains(own))
            {
                errors.Add(value.Where, key, $"{corpus} has no label '{own}'{Near(own, published)}");
            }
            else if (value is not TextNode text || (classes.Length > 0 && !classes.Contains(text.Text)))
            {
                string? given = (value as TextNode)?.Text;
                errors.Add(value.Where, key, $"'{given}' is not one of the classes{Near(given ?? "", classes)}");
            }
            else if (!labels.TryAdd(own, text.Text))
            {
                errors.Add(value.Where, key, "is there twice, for here capitals make no other word");
            }
        }

        return labels;
    }

    /// <summary>The entries of a required mapping; where it is missing or empty, none, and an error is added.</summary>
    private static IReadOnlyDictionary<string, ConfigNode> Map(MapNode parent, string key, ConfigErrors errors, string prefix = "")
    {
        if (parent.Entries.GetValueOrDefault(key) is MapNode { Entries.Count: > 0 } map)
        {
            return map.Entries;
        }

        errors.Add(parent.Find(key) ?? parent.Where, prefix + key, "needs a mapping, such as map: {savee: {a: anger}}");
        return new Dictionary<string, ConfigNode>();
    }

    private static string Near(string word, IEnumerable<string> known) => $" ({string.Join(", ", known)}){Nearest.Hint(word, known)}";

    private static string[] ShippedNames() =>
        Path.GetDirectoryName(Shipped.Find("labels/four.yaml")) is string folder
            ? [.. Directory.EnumerateFiles(folder, "*.yaml")
                .Select(file => Path.GetFileNameWithoutExtension(file)!)
                .Order(StringComparer.Ordinal)]
            : [];
}
