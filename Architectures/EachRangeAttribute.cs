using System.ComponentModel.DataAnnotations;

namespace SpeechEmotion.Architectures;

/// <summary>A list of whole numbers that is not empty and whose every value lies in a range.</summary>
/// <param name="minimum">Least value.</param>
/// <param name="maximum">Largest value.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EachRangeAttribute(int minimum, int maximum) : ValidationAttribute("{0} must be a list of at least one number")
{
    /// <summary>Least value.</summary>
    public int Minimum => minimum;

    /// <summary>Largest value.</summary>
    public int Maximum => maximum;

    /// <inheritdoc/>
    public override bool IsValid(object? value) =>
        value is IReadOnlyList<int> { Count: > 0 } list && list.All(v => v >= minimum && v <= maximum);

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) => $"{name} must be a list of at least one number, each {minimum} to {maximum}";
}
