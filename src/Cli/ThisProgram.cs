namespace SpeechEmotion.Cli;

/// <summary>The command line that starts this program again.</summary>
internal static class ThisProgram
{
    /// <summary>Program and arguments: this process's own, with some options left out.</summary>
    /// <param name="arguments">This process's arguments, with an option and its value as separate entries.</param>
    /// <param name="without">Options with a value to leave out.</param>
    public static IEnumerable<string> Again(IReadOnlyList<string> arguments, params string[] without)
    {
        yield return Environment.ProcessPath!;
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            yield return typeof(ThisProgram).Assembly.Location;
        }

        for (int i = 0; i < arguments.Count; i++)
        {
            if (without.Contains(arguments[i]))
            {
                i++;
            }
            else
            {
                yield return arguments[i];
            }
        }
    }
}
