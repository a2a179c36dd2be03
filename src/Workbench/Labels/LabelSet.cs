using SpeechEmotion.Corpora;

namespace SpeechEmotion.Labels;

/// <summary>The classes of a task and how each corpus's own labels map to them.</summary>
/// <param name="Name">Name of its file under configs/labels, such as four, or of a user's own file.</param>
/// <param name="Classes">Class names in the fixed order of every matrix and table.</param>
/// <param name="Map">Corpus name → the corpus's own label → class name. A label that is absent is left out of the task. The entry
/// <see cref="Listed"/> applies to every corpus that is described by a table.</param>
public sealed record LabelSet(
    string Name, IReadOnlyList<string> Classes, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Map)
{
    /// <summary>The map's key for corpora that the workbench does not know (<see cref="ListedCorpus"/>).</summary>
    public const string Listed = "listed";

    /// <summary>The class of an utterance, or null where the task leaves it out.</summary>
    /// <param name="utterance">A row of the manifest.</param>
    /// <returns>An index into <see cref="Classes"/>, or null.</returns>
    public int? ClassOf(Utterance utterance)
    {
        IReadOnlyDictionary<string, string>? labels = Map.GetValueOrDefault(KeyOf(utterance.Corpus));
        if (labels?.GetValueOrDefault(utterance.Label) is not string name)
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

    /// <summary>The key of <see cref="Map"/> that a corpus goes under.</summary>
    /// <param name="corpus">A corpus of the manifest.</param>
    internal static string KeyOf(string corpus) => CorpusCatalog.Find(corpus) is null ? Listed : corpus;

    /// <summary>Compares labels: exactly for a known corpus, ignoring case for one that is described by a table.</summary>
    /// <param name="corpus">Name of a corpus, or <see cref="Listed"/>.</param>
    internal static StringComparer Comparer(string corpus) =>
        CorpusCatalog.Find(corpus) is null ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>This set extended by another: its own classes first, in their order, then those that only the other set has.</summary>
    /// <param name="more">The other set.</param>
    /// <returns>A set that gives every utterance of this one the class that it has here.</returns>
    /// <exception cref="InputException">The two sets map one label of a corpus to classes of different names: as two classes, the label
    /// would be trained against itself.</exception>
    public LabelSet With(LabelSet more)
    {
        Dictionary<string, IReadOnlyDictionary<string, string>> map = new(Map);
        foreach ((string corpus, IReadOnlyDictionary<string, string> others) in more.Map)
        {
            Dictionary<string, string> labels = new(Map.GetValueOrDefault(corpus) ?? new Dictionary<string, string>(), Comparer(corpus));
            foreach ((string label, string other) in others)
            {
                if (!labels.TryAdd(label, other) && labels[label] != other)
                {
                    throw new InputException(
                        $"train.labels: '{more.Name}' calls {corpus}'s '{label}' {other}, "
                        + $"and '{Name}' (data.labels) calls it {labels[label]}; take a set with the same names");
                }
            }

            map[corpus] = labels;
        }

        return this with { Classes = [.. Classes.Union(more.Classes)], Map = map };
    }
}
