using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using SpeechEmotion.Architectures;

namespace SpeechEmotion.Configuration;

/// <summary>Writes a resolved config as YAML with every key, so that the file alone repeats the run.</summary>
public static class ConfigWriter
{
    /// <summary>The config in a fixed order of keys; <see cref="ConfigReader.ReadRun"/> reads it back to an equal one (lists
    /// compared by their items).</summary>
    /// <param name="run">A resolved config.</param>
    /// <returns>YAML that ends in a line feed.</returns>
    public static string ToYaml(RunConfig run)
    {
        StringBuilder yaml = new();
        Write(yaml, run, "");
        return yaml.ToString();
    }

    private static void Write(StringBuilder yaml, object record, string indent)
    {
        foreach ((string key, PropertyInfo property) in KeyNames.Of(record.GetType()))
        {
            object? value = property.GetValue(record);
            if (value is ModelOptions model)
            {
                yaml.Append(CultureInfo.InvariantCulture, $"{indent}{key}:\n{indent}  name: {Scalar(model.Name)}\n");
                Write(yaml, model.Options ?? ModelCatalog.DefaultOptions(model.Name), indent + "  ");
            }
            else if (value is not null && KeyNames.IsSection(property.PropertyType))
            {
                yaml.Append(CultureInfo.InvariantCulture, $"{indent}{key}:\n");
                Write(yaml, value, indent + "  ");
            }
            else
            {
                string text = value is IEnumerable list and not string
                    ? $"[{string.Join(", ", list.Cast<object>().Select(Scalar))}]"
                    : Scalar(value);
                yaml.Append(CultureInfo.InvariantCulture, $"{indent}{key}: {text}\n");
            }
        }
    }

    private static string Scalar(object? value) => value switch
    {
        null => "null",
        bool b => b ? "true" : "false",
        double d => d.ToString("R", CultureInfo.InvariantCulture),
        string text => Text(text),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>Plain where no reader could take it for anything else, else double-quoted.</summary>
    private static string Text(string text)
    {
        bool plain = text.Length > 0 && char.IsAsciiLetter(text[0]) && text is not ("null" or "true" or "false")
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/');
        return plain ? text : "\"" + string.Concat(text.Select(Escape)) + "\"";
    }

    private static string Escape(char c) => c switch
    {
        '"' or '\\' => $"\\{c}",
        _ when char.IsControl(c) => $"\\u{(int)c:X4}",
        _ => c.ToString(),
    };
}
