namespace SpeechEmotion.Evaluation;

/// <summary>environment.json: <see cref="RunFacts"/>, <see cref="ConditionFacts"/> or <see cref="EvaluationFacts"/>, indented, keys in
/// snake_case.</summary>
public static class FactsFile
{
    /// <summary>Writes facts.</summary>
    /// <typeparam name="T">One of the three records.</typeparam>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="facts">The facts.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; the old file stays.</exception>
    public static void Write<T>(string path, T facts) => JsonFile.Write(path, facts);

    /// <summary>Reads facts; unknown keys are ignored.</summary>
    /// <typeparam name="T">One of the three records.</typeparam>
    /// <param name="path">An environment.json.</param>
    /// <returns>The facts.</returns>
    /// <exception cref="InputException">It is missing or not JSON, or a key is missing or of the wrong type.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static T Read<T>(string path) => JsonFile.Read<T>(path, "remove its folder to have what lies there made anew");
}
