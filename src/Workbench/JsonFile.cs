using System.Text.Json;
using System.Text.RegularExpressions;

namespace SpeechEmotion;

/// <summary>The JSON files that the workbench writes and reads again: keys in snake_case, indented, a line break at the end.</summary>
internal static class JsonFile
{
    /// <summary>One line instead of many. Strict in reading: what is missing, null or there twice must not pass as something else; keys of
    /// other versions are ignored.</summary>
    public static readonly JsonSerializerOptions Line = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    };

    private static readonly JsonSerializerOptions Indented = new(Line) { WriteIndented = true };

    /// <summary>What the serialiser says, and the same without names of types.</summary>
    private static readonly (string Said, string Plain)[] Words =
    [
        ("^.*could not be converted.*$", "the value is of another type"),
        ("^.* required properties including: (.*)$", "$1 is missing"),
        ("^.*doesn't allow.* null .*$", "null is not allowed"),
        ("^Duplicate property ('.*?').*$", "$1 is there twice"),
    ];

    /// <summary>Writes a file.</summary>
    /// <typeparam name="T">A record.</typeparam>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="content">What it holds.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; the old file stays.</exception>
    public static void Write<T>(string path, T content) => AtomicFile.WriteText(path, JsonSerializer.Serialize(content, Indented) + "\n");

    /// <summary>Reads a file.</summary>
    /// <typeparam name="T">A record.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="remedy">The end of an error message: what to do.</param>
    /// <param name="fault">Says what is wrong with the content, beyond missing keys and values of another type; null where nothing
    /// is.</param>
    /// <returns>What it holds.</returns>
    /// <exception cref="InputException">It is missing or damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static T Read<T>(string path, string remedy, Func<T, string?>? fault = null)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: no such file; {remedy}");
        }

        try
        {
            T content = JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Indented) ?? throw new JsonException("it holds only null");
            return fault?.Invoke(content) is string wrong ? throw new InputException($"{path}: {wrong}; {remedy}") : content;
        }
        catch (JsonException e)
        {
            string place = e.LineNumber is long line ? $"{path}, line {line + 1}" : path;
            throw new InputException($"{place}: {Reason(e)}; {remedy}", e);
        }
    }

    /// <summary>What is wrong, in one line: `notes.command: null is not allowed`.</summary>
    private static string Reason(JsonException damage)
    {
        string reason = damage.Message.ReplaceLineEndings(" ").Split(" Path: ")[0].TrimEnd('.');
        string key = damage.Path is ['$', '.', .. string rest] ? rest + ": " : "";
        return key + Words.Aggregate(reason, (text, word) => Regex.Replace(text, word.Said, word.Plain));
    }
}
