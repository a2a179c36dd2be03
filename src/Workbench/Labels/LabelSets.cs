using SpeechEmotion.Corpora;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace SpeechEmotion.Labels;

/// <summary>Reads label sets, which are data files.</summary>
public static class LabelSets
{
    /// <summary>Reads a label set.</summary>
    /// <param name="nameOrPath">A name under configs/labels (four, six, eight) or the path of a YAML file.</param>
    /// <returns>The label set.</returns>
    /// <exception cref="InputException">There is no such file, or it is wrong; the message names the file, and the line where there is one.</exception>
    public static LabelSet Load(string nameOrPath)
    {
        string path = File.Exists(nameOrPath) ? nameOrPath
            : Shipped.Find($"labels/{nameOrPath}.yaml")
                ?? throw new InputException($"data.labels: there is no label set '{nameOrPath}'; four, six and eight ship with the workbench, and the path of a YAML file is taken too");
        try
        {
            IDeserializer yaml = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build();
            Raw raw = yaml.Deserialize<Raw?>(File.ReadAllText(path)) ?? throw new InputException($"{path}: is empty; it needs classes and map");
            return Checked(Path.GetFileNameWithoutExtension(path), raw, path);
        }
        catch (YamlException e)
        {
            throw new InputException($"{path}:{e.Start.Line}: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    private static LabelSet Checked(string name, Raw raw, string path)
    {
        if (raw.Classes.Count < 2 || raw.Classes.Distinct().Count() < raw.Classes.Count)
        {
            throw new InputException($"{path}: classes: needs at least two names, each once");
        }

        foreach ((string corpus, Dictionary<string, string> labels) in raw.Map)
        {
            if (CorpusCatalog.Find(corpus) is null)
            {
                throw new InputException($"{path}: map.{corpus}: there is no such corpus; there are {string.Join(", ", CorpusCatalog.All.Select(c => c.Name))}");
            }

            foreach ((string own, string label) in labels)
            {
                if (!raw.Classes.Contains(label))
                {
                    throw new InputException($"{path}: map.{corpus}.{own}: '{label}' is not one of the classes, {string.Join(", ", raw.Classes)}");
                }
            }
        }

        return new LabelSet(name, raw.Classes, raw.Map.ToDictionary(m => m.Key, m => (IReadOnlyDictionary<string, string>)m.Value));
    }

    private sealed class Raw
    {
        public List<string> Classes { get; set; } = [];

        public Dictionary<string, Dictionary<string, string>> Map { get; set; } = [];
    }
}
