using System.CommandLine;
using Spectre.Console;

namespace SpeechEmotion.Cli;

/// <summary>A command whose help ends with examples.</summary>
/// <param name="name">What is typed.</param>
/// <param name="description">One sentence.</param>
/// <param name="examples">Command lines, each with a `# comment`.</param>
internal sealed class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Shown at the end of the command's help.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Sets what the command does.</summary>
    /// <param name="work">Gets the parsed arguments, the console for results and the token that Ctrl-C
    /// cancels; gives the exit code.</param>
    /// <returns>This command.</returns>
    public Verb Does(Func<ParseResult, IAnsiConsole, CancellationToken, int> work)
    {
        SetAction((parse, stop) => Task.FromResult(work(parse, Screen.For(parse.InvocationConfiguration.Output), stop)));
        return this;
    }
}
