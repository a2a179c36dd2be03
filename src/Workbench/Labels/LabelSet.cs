using SpeechEmotion.Corpora;

namespace SpeechEmotion.Labels;

/// <summary>The classes of a task and how each corpus's own labels map to them.</summary>
/// <param name="Name">four, six, eight, or the name of a user's own file.</param>
/// <param name="Classes">Class names in the fixed order of every matrix and table.</param>
/// <param name="Map">Corpus name → the corpus's own label → class name. A label that is absent is left out of the task.</param>
public sealed record LabelSet(string Name, IReadOnlyList<string> Classes, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Map)
{
    /// <summary>The class of an utterance, or null where the task leaves it out.</summary>
    /// <param name="utterance">A row of the manifest.</param>
    /// <returns>An index into <see cref="Classes"/>, or null.</returns>
    public int? ClassOf(Utterance utterance)
    {
        if (!Map.TryGetValue(utterance.Corpus, out IReadOnlyDictionary<string, string>? labels) || !labels.TryGetValue(utterance.Label, out string? name))
        {
            return null;
        }

        for (int i = 0; i < Classes.Count; i++)
        {
            if (Classes[i] == name)
            {
                return i;
            }
        }

        return null;
    }
}
