namespace SpeechEmotion.Configuration;

/// <summary>Lays run configs over each other while they are still nodes.</summary>
internal static class ConfigLayers
{
    /// <summary>Loads files and lays them over each other; later ones win. The files that their `base` keys name lie below all of them,
    /// each once.</summary>
    public static MapNode Load(IReadOnlyList<string> files, ConfigErrors errors)
    {
        List<(string Path, MapNode Map)> bases = [];
        List<MapNode> layers = [.. files.Select(file => Read(file, [], bases, errors))];
        return bases.Select(b => b.Map).Concat(layers)
            .Aggregate(new MapNode(files.FirstOrDefault(ConfigNode.Override), new Dictionary<string, ConfigNode>()), Lay);
    }

    /// <summary>Lays overrides such as `train.epochs=5` over each other in order: the command line's, or those of a file.</summary>
    public static MapNode Overrides(IEnumerable<string> overrides, ConfigErrors errors, string where = ConfigNode.Override) =>
        overrides.Select(text => YamlSource.ReadOverride(text, where, errors)).OfType<MapNode>()
            .Aggregate(new MapNode(where, new Dictionary<string, ConfigNode>()), Lay);

    /// <summary>Lays one run config over another. Where this changes the architecture, the former architecture's options are
    /// dropped.</summary>
    public static MapNode Lay(MapNode under, MapNode over)
    {
        (under, over) = (SpellModel(under), SpellModel(over));
        string? after = ModelName(over);
        bool changes = after is not null && after != (ModelName(under) ?? new RunConfig().Model.Name);
        return (changes ? under.With("model", null) : under).Lay(over);
    }

    private static string? ModelName(MapNode map) =>
        map.Entries.GetValueOrDefault("model") is MapNode model && model.Entries.GetValueOrDefault("name") is TextNode name
            ? name.Text
            : null;

    /// <summary>`model: cnn` is short for `model: {name: cnn}`.</summary>
    private static MapNode SpellModel(MapNode map) => map.Entries.GetValueOrDefault("model") is TextNode { IsNull: false } name
        ? map.With("model", new MapNode(name.Where, new Dictionary<string, ConfigNode> { ["name"] = name }))
        : map;

    /// <summary>Reads a file and takes out its `base` key, which names one file or several (later ones win). The files that lie below it
    /// are added to <paramref name="bases"/>, lowest first.</summary>
    private static MapNode Read(string file, IReadOnlyList<string> above, List<(string Path, MapNode Map)> bases, ConfigErrors errors)
    {
        MapNode map = YamlSource.ReadFile(file, errors);
        if (!map.Entries.TryGetValue("base", out ConfigNode? node))
        {
            return map;
        }

        above = [.. above, Path.GetFullPath(file)];
        foreach (ConfigNode item in node is ListNode list ? list.Items : [node])
        {
            if (item is TextNode { IsNull: false } text)
            {
                ReadBelow(text, Beside(file, text.Text));
            }
            else
            {
                errors.Add(item.Where, "base", "expected the path of a file, or a list of them, relative to this one");
            }
        }

        return map.With("base", null);

        void ReadBelow(TextNode text, string below)
        {
            string full = Path.GetFullPath(below);
            if (above.Contains(full))
            {
                errors.Add(text.Where, "base", $"{string.Join(" starts from ", above.Append(full).Select(Path.GetFileName))}: a circle");
            }
            else if (!File.Exists(full))
            {
                errors.Add(text.Where, "base", $"no such file: {below}");
            }
            else if (bases.All(b => b.Path != full))
            {
                MapNode content = Read(below, above, bases, errors);
                bases.Add((full, content));
            }
        }
    }

    /// <summary>Resolves a path that is written in a file, relative to that file. The result is relative to the working folder where it
    /// lies below that, else absolute.</summary>
    public static string Beside(string file, string path)
    {
        string full = Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(file))!);
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), full);
        return relative.StartsWith("..", StringComparison.Ordinal) ? full : relative;
    }
}
