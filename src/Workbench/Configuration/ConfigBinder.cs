using System.Reflection;
using SpeechEmotion.Architectures;

namespace SpeechEmotion.Configuration;

/// <summary>Fills immutable records from nodes by reflection. A key with a wrong value is added to the errors and keeps its
/// default.</summary>
/// <param name="errors">Collects the mistakes.</param>
/// <param name="root">Record type of the whole config; unknown keys are compared with its keys.</param>
internal sealed class ConfigBinder(ConfigErrors errors, Type root)
{
    private readonly NullabilityInfoContext _nullability = new();

    /// <summary>A record of the type: its defaults, with the mapping's values over them.</summary>
    public object Bind(Type type, MapNode map, string path = "") => Fill(Create(type), map, path);

    private object Fill(object record, MapNode map, string path)
    {
        IReadOnlyDictionary<string, PropertyInfo> keys = KeyNames.Of(record.GetType());
        foreach ((string key, ConfigNode node) in map.Entries)
        {
            string full = path.Length == 0 ? key : $"{path}.{key}";
            if (keys.TryGetValue(key, out PropertyInfo? property))
            {
                property.SetValue(record, Value(property, property.GetValue(record), node, full));
            }
            else
            {
                errors.Add(node.Where, full, "unknown key" + Suggest(key, path, keys.Keys));
            }
        }

        return record;
    }

    /// <summary>The hint for an unknown key: the nearest key of its section; else, for a run's section in a study, where it goes; else, for
    /// a model's option, the architectures that have it; else the nearest key of any section; else all keys that are valid here.</summary>
    private string Suggest(string key, string path, IEnumerable<string> siblings)
    {
        string prefix = path.Length == 0 ? "" : path + ".";
        bool ofStudy = root == typeof(StudyConfig) && path.Length == 0;
        siblings = ofStudy ? siblings.Append(Study.OfRuns) : siblings;
        if (Nearest.To(key, siblings) is string near)
        {
            return $"; did you mean {prefix}{near}?";
        }

        if (ofStudy && KeyNames.Of(typeof(RunConfig)).ContainsKey(key))
        {
            return $"; it is of the runs, so put it under `{Study.OfRuns}:`";
        }

        string[] others = path == "model"
            ? [.. ModelCatalog.Names.Where(name => KeyNames.Of(ModelCatalog.OptionsType(name)).ContainsKey(key))]
            : [];
        if (others.Length > 0)
        {
            return $"; it is a key of {string.Join(", ", others)}, and here are valid: {string.Join(", ", siblings)}";
        }

        ILookup<string, string> elsewhere = KeyNames.Paths(root).ToLookup(full => full[(full.LastIndexOf('.') + 1)..]);
        return Nearest.To(key, elsewhere.Select(group => group.Key)) is string name
            ? $"; did you mean {elsewhere[name].First()}?"
            : $"; valid here: {string.Join(", ", siblings)}";
    }

    private object? Value(PropertyInfo property, object? standing, ConfigNode node, string path)
    {
        Type type = property.PropertyType;
        bool empty = node is TextNode { IsNull: true };
        if (type == typeof(ModelOptions))
        {
            return empty ? standing : Model(node, path) ?? standing;
        }

        if (KeyNames.IsSection(type))
        {
            object copy = standing is null ? Create(type) : type.GetMethod("<Clone>$")!.Invoke(standing, null)!;
            return empty ? standing
                : node is MapNode map ? Fill(copy, map, path)
                : Wrong("expected a section with keys of its own", standing);
        }

        if (KeyNames.ItemOf(type) is Type item)
        {
            return List(property, item, node, path) ?? standing;
        }

        if (empty)
        {
            bool nullable = Nullable.GetUnderlyingType(type) is not null
                || (!type.IsValueType && _nullability.Create(property).WriteState == NullabilityState.Nullable);
            return nullable ? null : Wrong("needs a value", standing);
        }

        return Single(property, Nullable.GetUnderlyingType(type) ?? type, node, path) ?? standing;

        object? Wrong(string reason, object? keep)
        {
            errors.Add(node.Where, path, reason);
            return keep;
        }
    }

    private Array? List(PropertyInfo property, Type item, ConfigNode node, string path)
    {
        // A single value is read as a list of one, so that `--set data.corpora=savee` works.
        IReadOnlyList<ConfigNode> nodes = node is ListNode list ? list.Items : node is TextNode { IsNull: true } ? [] : [node];
        object?[] values =
        [
            .. nodes.Select((n, i) => KeyNames.IsSection(item) ? Section(item, n, $"{path}[{i}]") : Single(property, item, n, path)),
        ];
        if (values.Contains(null))
        {
            return null;
        }

        Array array = Array.CreateInstance(item, values.Length);
        values.CopyTo(array, 0);
        if (ValueParser.CheckWhole(array, property) is string reason)
        {
            errors.Add(node.Where, path, reason);
            return null;
        }

        return array;
    }

    private object? Section(Type item, ConfigNode node, string path)
    {
        if (node is MapNode map)
        {
            return Bind(item, map, path);
        }

        errors.Add(node.Where, path, "expected a section with keys of its own");
        return null;
    }

    private object? Single(PropertyInfo property, Type type, ConfigNode node, string path)
    {
        string? reason = "expected a single value";
        object? value = node is TextNode text ? ValueParser.Parse(text.Text, type, out reason) : null;
        reason = value is null ? reason : ValueParser.Check(value, property);
        if (reason is not null)
        {
            errors.Add(node.Where, path, reason);
        }

        return reason is null ? value : null;
    }

    /// <summary>`name` picks the architecture; the other keys are its own options.</summary>
    private ModelOptions? Model(ConfigNode node, string path)
    {
        MapNode map = node as MapNode ?? new MapNode(node.Where, new Dictionary<string, ConfigNode> { ["name"] = node });
        string standing = new RunConfig().Model.Name;
        string? name = map.Entries.TryGetValue("name", out ConfigNode? named) ? (named as TextNode)?.Text : standing;
        if (name is null || !ModelCatalog.Names.Contains(name))
        {
            string all = string.Join(", ", ModelCatalog.Names);
            errors.Add(named!.Where, $"{path}.name", $"'{name}' is not one of {all}{Nearest.Hint(name ?? "", ModelCatalog.Names)}");
            return null;
        }

        return new ModelOptions(name, Bind(ModelCatalog.OptionsType(name), map.With("name", null), path));
    }

    /// <summary>A record with its defaults, whether its properties or its constructor's parameters define them.</summary>
    private static object Create(Type type)
    {
        ConstructorInfo constructor = type.GetConstructors().MinBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.DefaultValue)]);
    }
}
