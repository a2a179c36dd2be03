using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SpeechEmotion.Splits;

namespace SpeechEmotion.Tests;

/// <summary>Compares with NumPy itself; tests/Golden/make_permutation.py made the values.</summary>
public class NumpyRandomTests
{
    private static readonly Values Golden = JsonSerializer.Deserialize<Values>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "permutation_numpy.json")), JsonSerializerOptions.Web)!;

    [Fact]
    public void Words_are_those_of_RandomState() => Assert.All(Golden.Words, golden =>
    {
        NumpyRandom random = new(golden.Seed);
        uint[] drawn = [.. Enumerable.Range(0, 1300).Select(_ => random.Next())];
        Assert.Equal(golden.First, drawn[..5]);
        Assert.Equal(golden.Sum, drawn.Aggregate((a, b) => unchecked(a + b)));
    });

    [Fact]
    public void Permutations_are_those_of_RandomState() => Assert.All(Golden.Permutations, golden =>
    {
        int[] order = new NumpyRandom(golden.Seed).Permutation(golden.Length);
        Assert.Equal(golden.First, order.Take(8));
        Assert.Equal(golden.Sha256, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', order)))));
    });

    [Fact]
    public void An_interval_is_closed_and_draws_nothing_where_there_is_no_choice()
    {
        NumpyRandom random = new(9), fresh = new(9);
        Assert.Equal(0u, random.Interval(0));
        Assert.Equal(fresh.Next(), random.Next());
        Assert.Equal([0u, 1u, 2u], Enumerable.Range(0, 100).Select(_ => random.Interval(2)).Distinct().Order());
    }

    private sealed record Values(Words[] Words, Order[] Permutations);

    private sealed record Words(uint Seed, uint[] First, uint Sum);

    private sealed record Order(uint Seed, int Length, int[] First, string Sha256);
}
