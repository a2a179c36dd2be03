using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SpeechEmotion.Configuration;

/// <summary>Turns YAML text into nodes that know their line. Anchors, tags and several documents are refused: a
/// config is plain data.</summary>
internal static class YamlSource
{
    /// <summary>Maximum depth of nesting: far more than any config needs.</summary>
    private const int Deepest = 64;

    /// <summary>A file's mapping; an empty one where the file is empty or is wrong (the error is added).</summary>
    public static MapNode ReadFile(string path, ConfigErrors errors)
    {
        MapNode empty = new($"{path}:1", new Dictionary<string, ConfigNode>());
        if (!File.Exists(path))
        {
            string reason = Directory.Exists(path)
                ? "a folder; give a file" + FileIn(path)
                : "no such file" + NearFile(path);
            errors.Add(path, "", reason);
            return empty;
        }

        ConfigNode? node = Parse(File.ReadAllText(path), line => $"{path}:{line}", "", errors);
        if (node is MapNode map)
        {
            return map;
        }

        if (node is not null and not TextNode { IsNull: true })
        {
            errors.Add(node.Where, "", "expected keys and values such as `train: {epochs: 5}`");
        }

        return empty;
    }

    /// <summary>`train.epochs=5` as nested mappings, all with the given place; null where it is wrong (the error is added).</summary>
    public static MapNode? ReadOverride(string text, string where, ConfigErrors errors)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string[] keys = equals < 1 ? [] : text[..equals].Trim().Split('.');
        if (keys.Length == 0 || keys.Any(key => key.Length == 0))
        {
            errors.Add(where, text, "expected KEY=VALUE, such as train.epochs=5");
            return null;
        }

        ConfigNode? node = Parse(text[(equals + 1)..], _ => where, text[..equals], errors);
        foreach (string key in keys.Reverse())
        {
            node = node is null ? null : new MapNode(where, new Dictionary<string, ConfigNode> { [key] = node });
        }

        return (MapNode?)node;
    }

    private static ConfigNode? Parse(string text, Func<long, string> where, string key, ConfigErrors errors)
    {
        Parser parser = new(new StringReader(text));
        try
        {
            RequireShallow(parser);
            parser = new(new StringReader(text));
            YamlStream stream = [];
            stream.Load(parser);
            return stream.Documents.Count switch
            {
                0 => new TextNode(where(1), "", false),
                1 => Convert(stream.Documents[0].RootNode, where, null),
                _ => throw new YamlException(
                    stream.Documents[1].RootNode.Start, Mark.Empty, "more than one document; keep what is above `---`"),
            };
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException or ArgumentException)
        {
            // YamlDotNet throws InvalidOperationException for some unclosed brackets, ArgumentException where an anchor has no value, and
            // names the section above for tabs.
            int tab = Array.FindIndex(text.Split('\n'), line => line.TrimStart(' ').StartsWith('\t'));
            long line = tab >= 0 ? tab + 1 : (e as YamlException)?.Start.Line ?? parser.Current?.Start.Line ?? 1;
            string reason = tab >= 0 ? "a tab in the indentation; YAML takes spaces only"
                : e is YamlException bad ? Reason(bad)
                : "a bracket, brace or quote is not closed";
            errors.Add(where(line), key, reason);
            return null;
        }
    }

    /// <summary>Refuses nesting so deep that building the document would end the process: the library recurses for each level.</summary>
    private static void RequireShallow(Parser events)
    {
        for (int depth = 0; events.MoveNext();)
        {
            depth += events.Current!.NestingIncrease;
            if (depth > Deepest)
            {
                throw new YamlException(events.Current.Start, events.Current.End, $"nested more than {Deepest} levels deep");
            }
        }
    }

    private static ConfigNode Convert(YamlNode node, Func<long, string> where, long? keyLine)
    {
        string place = where(keyLine ?? node.Start.Line);
        if (!node.Anchor.IsEmpty)
        {
            throw new YamlException(node.Start, node.End, "anchors and aliases are not read here; write the values out");
        }

        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific)
        {
            throw new YamlException(node.Start, node.End, $"a tag ({node.Tag}) is not read here; write the value alone");
        }

        switch (node)
        {
            case YamlScalarNode scalar:
                return new TextNode(place, scalar.Value ?? "", scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any));
            case YamlSequenceNode sequence:
                return new ListNode(place, [.. sequence.Select(item => Convert(item, where, null))]);
            case YamlMappingNode mapping:
                Dictionary<string, ConfigNode> entries = [];
                foreach ((YamlNode key, YamlNode value) in mapping)
                {
                    string name = (key as YamlScalarNode)?.Value
                        ?? throw new YamlException(key.Start, key.End, "a key must be a plain word");
                    entries[name] = Convert(value, where, key.Start.Line);
                }

                return new MapNode(place, entries);
            default:
                throw new YamlException(node.Start, node.End, "not a value, a list or a mapping");
        }
    }

    /// <summary>YamlDotNet's reason without the place it repeats, on one line.</summary>
    private static string Reason(YamlException e)
    {
        string text = e.Message.ReplaceLineEndings(" ");
        int place = text.IndexOf("): ", StringComparison.Ordinal);
        text = text.StartsWith('(') && place > 0 ? text[(place + 3)..] : text;
        return char.ToLowerInvariant(text[0]) + text[1..].TrimEnd('.');
    }

    /// <summary>`, such as` a config file of a folder, a study first; nothing where it has none.</summary>
    private static string FileIn(string folder) =>
        Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal).OrderBy(file => Path.GetFileName(file) != "study.yaml")
            .FirstOrDefault() is string file ? $", such as {file}" : "";

    private static string NearFile(string path)
    {
        string folder = Path.GetDirectoryName(path) ?? "";
        string place = folder.Length == 0 ? "." : folder;
        return Directory.Exists(place)
            ? Nearest.Hint(
                path, Directory.EnumerateFiles(place, "*.yaml").Select(file => Path.Combine(folder, Path.GetFileName(file))).Order())
            : $" (nor its folder {folder})";
    }
}
