using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace SpeechEmotion.Cli;

/// <summary>What is wrong with the arguments themselves, with the nearest valid word.</summary>
internal static partial class UsageErrors
{
    /// <summary>A line for each mistake.</summary>
    public static IReadOnlyList<string> Of(ParseResult parse)
    {
        CommandResult result = parse.CommandResult;
        Command command = result.Command;
        string help = $"`{Path(result)} --help`";

        // A mistyped option may have been parsed as the value of an argument. Words after `--` are never options.
        IEnumerable<string> plain = parse.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Select(token => token.Value);
        string[] options = [.. result.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)
            .Concat(parse.UnmatchedTokens).Where(token => token.Length > 1 && token[0] == '-').Except(plain)];
        if (options.Length > 0)
        {
            string[] known = [.. Options(result)];
            return [.. options.Select(option => $"unknown option {option}" + Hint(option.Split('=')[0], known, help))];
        }

        if (parse.Tokens.Any(token => token.Value.Length == 0))
        {
            return ["an argument is empty; is a variable of the shell not set?"];
        }

        if (parse.UnmatchedTokens.Count > 0)
        {
            string first = parse.UnmatchedTokens[0];
            return command.Subcommands.Count > 0
                ? [$"unknown command {first}" + Hint(first, command.Subcommands.Select(c => c.Name), help)]
                : [$"unexpected argument {first}; {help} shows what {command.Name} takes"];
        }

        return [.. parse.Errors.Select(error => Plain(error, help))];
    }

    /// <summary>Rewords an error of the library, which names .NET's types, and does not name the option whose value is wrong.</summary>
    private static string Plain(ParseError error, string help)
    {
        string? option = (error.SymbolResult as OptionResult)?.Option.Name;
        Match number = NoNumber().Match(error.Message), word = NoneOf().Match(error.Message);
        string given = word.Groups[1].Value;
        string[] words = [.. word.Groups[2].Captures.Select(capture => capture.Value)];
        return number.Success ? $"{option} {number.Groups[1].Value}: a whole number is wanted"
            : word.Success ? $"{option} {given}: not one of {string.Join(", ", words)}{Nearest.Hint(given, words)}"
            : $"{error.Message.TrimEnd('.')}; see {help}";
    }

    [GeneratedRegex(@"^Cannot parse argument '(.*)' for option '.*' as expected type '.*Int32\b", RegexOptions.Singleline)]
    private static partial Regex NoNumber();

    [GeneratedRegex(@"^Argument '(.*)' not recognized\. Must be one of:(?:\s+'([^']*)')+", RegexOptions.Singleline)]
    private static partial Regex NoneOf();

    private static string Hint(string word, IEnumerable<string> candidates, string help)
    {
        string hint = Nearest.Hint(word, candidates);
        return hint.Length > 0 ? hint : $"; {help} lists them";
    }

    private static IEnumerable<string> Options(CommandResult result)
    {
        for (SymbolResult? at = result; at is not null; at = at.Parent)
        {
            if (at is CommandResult level)
            {
                foreach (Option option in level.Command.Options.Where(option => !option.Hidden && (option.Recursive || level == result)))
                {
                    yield return option.Name;
                }
            }
        }
    }

    private static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : result.Command.Name;
}
