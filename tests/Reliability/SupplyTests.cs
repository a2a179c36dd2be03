using System.Text.Json;

namespace SpeechEmotion.Tests;

/// <summary>THIRD-PARTY.md names every package that ships, at its version, and no other (build/third_party.py writes it).</summary>
public class SupplyTests
{
    [Fact]
    public void The_list_of_what_ships_is_that_of_the_lock_files()
    {
        string[] locks =
        [
            .. Directory.EnumerateFiles(In("src"), "packages.lock.json", SearchOption.AllDirectories)
                .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)),
            In("Architectures/packages.lock.json"),
        ];
        SortedSet<string> locked = new(locks.SelectMany(Packages), StringComparer.OrdinalIgnoreCase);
        string[] listed =
        [
            .. File.ReadLines(In("THIRD-PARTY.md"))
                .SkipWhile(line => !line.StartsWith("| package", StringComparison.Ordinal))
                .Skip(2)
                .TakeWhile(line => line.Length > 0)
                .Select(line => string.Join(' ', line.Split('|', StringSplitOptions.TrimEntries)[1..3])),
        ];
        Assert.NotEmpty(locked);
        IEnumerable<string> different = locked.Except(listed).Concat(listed.Except(locked));
        Assert.True(locked.SetEquals(listed), $"run build/third_party.py: {string.Join(", ", different)}");
    }

    [Fact]
    public void Every_licence_in_the_list_is_named() => Assert.All(
        File.ReadLines(In("THIRD-PARTY.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal)),
        line => Assert.False(line.Split('|', StringSplitOptions.TrimEntries)[3] is "" or "not said", line));

    private static string In(string path) => Path.Combine(MiniatureCorpus.Repository, path);

    private static IEnumerable<string> Packages(string file)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(file).TrimStart('\uFEFF'));
        return [.. json.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(target => target.Value.EnumerateObject())
            .Where(package => package.Value.GetProperty("type").GetString() != "Project")
            .Select(package => $"{package.Name} {package.Value.GetProperty("resolved").GetString()}")];
    }
}
