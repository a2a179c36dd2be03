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

    /// <summary>Writes the facts of a run.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="facts">What the run was made with and what it cost.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; the old file stays.</exception>
    public static void Write(string path, RunFacts facts) => AtomicFile.WriteText(path, JsonSerializer.Serialize(facts, Options) + "\n");

    /// <summary>Writes the facts of scores under conditions.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="facts">What the conditions were scored with.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; the old file stays.</exception>
    public static void Write(string path, ConditionFacts facts) =>
        AtomicFile.WriteText(path, JsonSerializer.Serialize(facts, Options) + "\n");

    /// <summary>Writes the facts of an evaluation on other data.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="facts">What was scored, and with what.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; the old file stays.</exception>
    public static void Write(string path, EvaluationFacts facts) =>
        AtomicFile.WriteText(path, JsonSerializer.Serialize(facts, Options) + "\n");

    /// <summary>Reads the facts of a run; unknown keys are ignored.</summary>
    /// <param name="path">An environment.json.</param>
    /// <returns>The facts.</returns>
    /// <exception cref="InputException">It is not JSON, or a key is missing or of the wrong type.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static RunFacts Read(string path) => Read<RunFacts>(path);

    /// <summary>As <see cref="Read(string)"/>, for conditions.</summary>
    /// <param name="path">An environment.json of conditions.</param>
    /// <returns>The facts.</returns>
    /// <exception cref="InputException">It is not JSON, or a key is missing or of the wrong type.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static ConditionFacts ReadConditions(string path) => Read<ConditionFacts>(path);

    /// <summary>As <see cref="Read(string)"/>, for a model that was scored on other data.</summary>
    /// <param name="path">An environment.json of `ser evaluate`.</param>
    /// <returns>The facts.</returns>
    /// <exception cref="InputException">It is not JSON, or a key is missing or of the wrong type.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static EvaluationFacts ReadEvaluation(string path) => Read<EvaluationFacts>(path);

    private static T Read<T>(string path)
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
