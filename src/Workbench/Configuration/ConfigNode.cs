namespace SpeechEmotion.Configuration;

/// <summary>A piece of config that remembers where it was written.</summary>
/// <param name="Where">`file:line`, or <see cref="Override"/>.</param>
internal abstract record ConfigNode(string Where)
{
    /// <summary>The place of values that the command line's `--set` gives.</summary>
    public const string Override = "--set";
}

/// <summary>A single value, not yet typed.</summary>
internal sealed record TextNode(string Where, string Text, bool Quoted) : ConfigNode(Where)
{
    /// <summary>True where nothing, `~` or `null` was written.</summary>
    public bool IsNull => !Quoted && Text is "" or "~" or "null";
}

/// <summary>A YAML sequence.</summary>
internal sealed record ListNode(string Where, IReadOnlyList<ConfigNode> Items) : ConfigNode(Where);

/// <summary>A YAML mapping, in the order written. Each value's place is the line of its key.</summary>
internal sealed record MapNode(string Where, IReadOnlyDictionary<string, ConfigNode> Entries) : ConfigNode(Where)
{
    /// <summary>The mapping with one entry added, replaced or, where the value is null, removed.</summary>
    public MapNode With(string key, ConfigNode? value)
    {
        Dictionary<string, ConfigNode> entries = new(Entries);
        if (value is null)
        {
            entries.Remove(key);
        }
        else
        {
            entries[key] = value;
        }

        return this with { Entries = entries };
    }

    /// <summary>Lays another mapping over this one: its values win, mappings are joined key by key, an empty
    /// section changes nothing.</summary>
    public MapNode Lay(MapNode over)
    {
        MapNode result = this;
        foreach ((string key, ConfigNode value) in over.Entries)
        {
            ConfigNode? under = Entries.GetValueOrDefault(key);
            result = (under, value) switch
            {
                (MapNode, TextNode { IsNull: true }) => result,
                (MapNode below, MapNode above) => result.With(key, below.Lay(above)),
                _ => result.With(key, value),
            };
        }

        return result;
    }

    /// <summary>The place of the deepest part of a dotted key that is present; null where even its first part is absent.</summary>
    public string? Find(string path)
    {
        ConfigNode? node = this;
        string? where = null;
        foreach (string key in path.Split('.'))
        {
            node = (node as MapNode)?.Entries.GetValueOrDefault(key);
            where = node?.Where ?? where;
        }

        return where;
    }

    /// <summary>The dotted keys that are given values.</summary>
    public IEnumerable<string> Leaves() => Entries.SelectMany(entry => entry.Value is MapNode section
        ? section.Leaves().Select(key => $"{entry.Key}.{key}")
        : [entry.Key]);

    /// <summary>True where the mapping holds exactly this dotted key.</summary>
    public bool Holds(string path) => path.Split('.').Aggregate<string, ConfigNode?>(
        this, (node, key) => (node as MapNode)?.Entries.GetValueOrDefault(key)) is not null;
}
