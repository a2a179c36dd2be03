using System.ComponentModel.DataAnnotations;

namespace SpeechEmotion.Architectures;

/// <summary>A list of one (or none, with <see cref="MayBeEmpty"/>) to <see cref="MostItems"/> whole numbers, each within
/// a range.</summary>
/// <param name="minimum">Least value.</param>
/// <param name="maximum">Largest value.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EachRangeAttribute(int minimum, int maximum) : ValidationAttribute("{0} must be a list of numbers")
{
    /// <summary>Largest length of the list: a number can make a layer, and a list from a damaged file may have millions.</summary>
    private const int MostItems = 32;

    /// <summary>Whether an empty list is valid too.</summary>
    public bool MayBeEmpty { get; init; }

    /// <inheritdoc/>
    public override bool IsValid(object? value) =>
        value is IReadOnlyList<int> { Count: <= MostItems } list && list.Count >= Least && list.All(v => v >= minimum && v <= maximum);

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) =>
        $"{name} must be a list of {Least} to {MostItems} numbers, each {minimum} to {maximum}";

    private int Least => MayBeEmpty ? 0 : 1;
}
