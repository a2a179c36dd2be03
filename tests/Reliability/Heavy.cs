namespace SpeechEmotion.Tests;

/// <summary>Settings of the checks that `tests/Reliability/heavy` repeats more often than the tests do, by environment variables.</summary>
internal static class Heavy
{
    public static bool Has(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 };

    public static int Number(string name, int otherwise) => Has(name) ? int.Parse(Environment.GetEnvironmentVariable(name)!) : otherwise;

    /// <summary>Writes a line to the test's output and appends it to the file that SER_FIGURES names, if any.</summary>
    public static void Say(string line)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        if (Has("SER_FIGURES"))
        {
            File.AppendAllText(Environment.GetEnvironmentVariable("SER_FIGURES")!, line + "\n");
        }
    }

    public static void Same(IReadOnlyDictionary<string, string> expected, IReadOnlyDictionary<string, string> actual, string when)
    {
        IEnumerable<string> different = expected.Keys.Except(actual.Keys).Concat(actual.Keys.Except(expected.Keys));
        Assert.True(expected.Keys.SequenceEqual(actual.Keys), $"{when}: {string.Join(", ", different)}");
        Assert.All(expected, e => Assert.True(e.Value == actual[e.Key], $"{when}: {e.Key}"));
    }
}
