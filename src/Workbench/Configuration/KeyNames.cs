using System.Reflection;
using SpeechEmotion.Architectures;

namespace SpeechEmotion.Configuration;

/// <summary>The keys of config records: the settable properties in snake_case, in the order declared.</summary>
internal static class KeyNames
{
    /// <summary>Key → property of a record. Computed properties (no setter) are not keys.</summary>
    public static IReadOnlyDictionary<string, PropertyInfo> Of(Type record) =>
        record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .ToDictionary(property => Snake(property.Name));

    /// <summary>Every dotted key of a record and of the records in it, the options of all architectures included.</summary>
    public static IEnumerable<string> Paths(Type record, string prefix = "") => Of(record).SelectMany(key =>
    {
        Type type = key.Value.PropertyType;
        IEnumerable<Type> sections = IsSection(type) ? [type]
            : type == typeof(ModelOptions) ? ModelCatalog.Names.Select(ModelCatalog.OptionsType)
            : [];
        return sections.SelectMany(section => Paths(section, $"{prefix}{key.Key}.")).Prepend(prefix + key.Key);
    });

    /// <summary>True for a record with keys of its own.</summary>
    public static bool IsSection(Type type) =>
        type.IsClass && type != typeof(string) && type.GetMethod("<Clone>$") is not null && type != typeof(ModelOptions);

    /// <summary>T of IReadOnlyList&lt;T&gt;, else null.</summary>
    public static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    /// <summary>`LearningRate` → `learning_rate`.</summary>
    private static string Snake(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
