using System.Text.Json;

namespace SpeechEmotion.Evaluation;

/// <summary>environment.json: <see cref="RunFacts"/>, <see cref="ConditionFacts"/> or <see cref="EvaluationFacts"/>, indented, keys in
/// snake_case.</summary>
public static class FactsFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Writes facts.</summary>
    /// <typeparam name="T">One of the three records.</typeparam>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="facts">The facts.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; the old file stays.</exception>
    public static void Write<T>(string path, T facts) => AtomicFile.WriteText(path, JsonSerializer.Serialize(facts, Options) + "\n");

    /// <summary>Reads facts; unknown keys are ignored.</summary>
    /// <typeparam name="T">One of the three records.</typeparam>
    /// <param name="path">An environment.json.</param>
    /// <returns>The facts.</returns>
    /// <exception cref="InputException">It is not JSON, or a key is missing or of the wrong type.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static T Read<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Options) ?? throw new JsonException("it holds only null");
        }
        catch (JsonException damage)
        {
            string place = damage.LineNumber is long line ? $"{path}, line {line + 1}" : path;
            string reason = damage.Message.ReplaceLineEndings(" ").Split(" Path: ")[0];
            throw new InputException(
                $"{place}: not an environment.json that can be read ({reason.TrimEnd('.')}); "
                + "remove its folder to have what lies there made anew", damage);
        }
    }
}
