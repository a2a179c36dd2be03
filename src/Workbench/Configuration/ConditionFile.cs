namespace SpeechEmotion.Configuration;

/// <summary>A file with a list of conditions, which studies that are compared with each other can share.</summary>
internal static class ConditionFile
{
    private const string Key = "conditions";

    /// <summary>Returns the study with the path in its `conditions` key, relative to the study file, replaced by the conditions of that
    /// file. A study that names no file is returned unchanged.</summary>
    public static MapNode Read(string study, MapNode map, ConfigErrors errors)
    {
        if (map.Entries.GetValueOrDefault(Key) is not TextNode { IsNull: false } text)
        {
            return map;
        }

        string path = ConfigLayers.Beside(study, text.Text);
        if (!File.Exists(path))
        {
            errors.Add(text.Where, Key, $"no such file: {path}");
            return map.With(Key, null);
        }

        MapNode shared = YamlSource.ReadFile(path, errors);
        if (shared.Entries.Count == 0)
        {
            errors.ThrowIfAny(); // Otherwise an unreadable file would also be reported as one without a list.
        }

        foreach ((string other, ConfigNode node) in shared.Entries.Where(entry => entry.Key != Key))
        {
            errors.Add(node.Where, other, $"a file of conditions holds `{Key}:` alone");
        }

        if (shared.Entries.GetValueOrDefault(Key) is not ListNode list)
        {
            errors.Add(shared.Where, Key, $"no list of conditions, such as `{Key}: [{{name: noise, alter: [noise_db=20]}}]`");
            return map.With(Key, null);
        }

        return map.With(Key, list);
    }
}
