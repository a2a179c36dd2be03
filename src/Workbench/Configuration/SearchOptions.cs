using System.ComponentModel.DataAnnotations;

namespace SpeechEmotion.Configuration;

/// <summary>A budgeted search: each model of a study is run at the same number of points of a declared space, and validation chooses among
/// them.</summary>
public sealed record SearchOptions
{
    /// <summary>Number of points per model, the same for all. The first point takes the first value of every key, the others are drawn
    /// without repetition. 0 takes the whole grid.</summary>
    [Range(0, 10000)]
    public int Points { get; init; } = 8;

    /// <summary>Seed of the draws.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; init; } = 1;

    /// <summary>The keys that are searched.</summary>
    public IReadOnlyList<SearchAxis> Space { get; init; } = [];

    /// <summary>The axes of one model.</summary>
    internal IEnumerable<SearchAxis> AxesOf(string model) => Space.Where(axis => axis.Models.Count == 0 || axis.Models.Contains(model));

    /// <summary>Number of points in one model's whole grid; at most 2^30, so that no product overflows.</summary>
    internal long Grid(string model) => AxesOf(model).Aggregate(1L, (product, axis) => Math.Min(1 << 30, product * axis.Values.Count));
}

/// <summary>One key of a search space.</summary>
public sealed record SearchAxis
{
    /// <summary>A key of a run, such as `train.learning_rate`.</summary>
    public string Key { get; init; } = "";

    /// <summary>Its values, as they would be written in a config; a list in quotes, such as "[16, 32]".</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The models (names of model files without extension) that the key applies to; empty means all.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];
}
