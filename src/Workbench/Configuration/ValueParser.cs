using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace SpeechEmotion.Configuration;

/// <summary>Single values: text to a typed value, checked against the attributes of its property.</summary>
internal static class ValueParser
{
    /// <summary>The typed value, or null and the reason why not.</summary>
    public static object? Parse(string text, Type type, out string? reason)
    {
        const NumberStyles Whole = NumberStyles.AllowLeadingSign;
        const NumberStyles Real = Whole | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        CultureInfo culture = CultureInfo.InvariantCulture;
        object? value = type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(bool) => bool.TryParse(text, out bool b) ? b : null,
            _ when type == typeof(int) => int.TryParse(text, Whole, culture, out int i) ? i : null,
            _ when type == typeof(double) => double.TryParse(text, Real, culture, out double d) && double.IsFinite(d) ? d : null,
            _ => throw new NotSupportedException($"A config key cannot be of type {type}."),
        };
        reason = value is not null ? null : $"expected {Describe(type)}, got '{text}'";
        return value;
    }

    /// <summary>Why an attribute of the property forbids the value, or null.</summary>
    public static string? Check(object value, PropertyInfo property)
    {
        if (property.GetCustomAttribute<RangeAttribute>() is RangeAttribute range)
        {
            double least = System.Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture);
            double most = System.Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture);
            double number = System.Convert.ToDouble(value, CultureInfo.InvariantCulture);
            if (number < least || number > most)
            {
                return most >= int.MaxValue ? $"{value} is below {least}" : $"{value} is outside {least} to {most}";
            }
        }

        if (property.GetCustomAttribute<AllowedValuesAttribute>() is AllowedValuesAttribute allowed && !allowed.IsValid(value))
        {
            string[] words = [.. allowed.Values.OfType<object>().Select(v => v.ToString()!)];
            return $"'{value}' is not one of {string.Join(", ", words)}{Nearest.Hint(value.ToString()!, words)}";
        }

        return property.GetCustomAttribute<RegularExpressionAttribute>() is RegularExpressionAttribute pattern
            && !Regex.IsMatch(value.ToString()!, $@"^(?:{pattern.Pattern})\z")
            ? $"'{value}' is not {pattern.ErrorMessage}"
            : null;
    }

    /// <summary>Why another attribute of the property, about the whole value (such as a list's length), forbids it; null where none
    /// does.</summary>
    public static string? CheckWhole(object value, PropertyInfo property) => property.GetCustomAttributes<ValidationAttribute>()
        .Where(attribute => attribute is not (RangeAttribute or AllowedValuesAttribute or RegularExpressionAttribute)
            && !attribute.IsValid(value))
        .Select(attribute => attribute.FormatErrorMessage("").Trim()).FirstOrDefault();

    private static string Describe(Type type) =>
        type == typeof(bool) ? "true or false"
        : type == typeof(int) ? "a whole number"
        : type == typeof(double) ? "a number"
        : "text";
}
