using SpeechEmotion.Corpora;
using SpeechEmotion.Labels;

namespace SpeechEmotion.Splits;

/// <summary>Checks that a split is what it claims to be, when it is made and whenever it is read.</summary>
public static class SplitCheck
{
    /// <summary>Checks a split.</summary>
    /// <param name="split">The split.</param>
    /// <param name="utterances">The utterances that it names.</param>
    /// <exception cref="InputException">A side is empty, a key is unknown or occurs twice, a speaker is on two sides of a split that keeps
    /// speakers apart, or one sound is on two sides of a split that does not leak. An empty validation side is allowed: the last epoch is
    /// taken then.</exception>
    public static void Verify(Split split, IReadOnlyList<Utterance> utterances)
    {
        Dictionary<string, Utterance> byKey = utterances.ToDictionary(u => u.Key);
        Dictionary<string, string> keys = [], speakers = [], sounds = [];
        foreach ((string side, IReadOnlyList<string> members) in Sides(split))
        {
            if (members.Count == 0 && side != "validation")
            {
                throw new InputException($"split {split.Name}: its {side} side is empty; give it more speakers or another fold");
            }

            foreach (string key in members)
            {
                Utterance utterance = byKey.GetValueOrDefault(key)
                    ?? throw new InputException(
                        $"split {split.Name}: {key} is not among the data, or data.labels (and train.labels) take no such clip; "
                        + "give the data that the split was made of (--data, data.corpora), or make the split anew");
                if (!keys.TryAdd(key, side) && !(split.Leaks && keys[key] != side))
                {
                    string where = keys[key] == side ? $"twice on the {side} side" : $"on the {keys[key]} and the {side} side";
                    throw new InputException($"split {split.Name}: utterance {key} is {where}; make the split anew");
                }

                if (!split.Leaks)
                {
                    Claim(sounds, utterance.Sound, side, $"the sound of {key}");
                }

                if (split.SpeakersApart)
                {
                    Claim(speakers, utterance.Speaker, side, $"speaker {utterance.Speaker}");
                }
            }
        }

        void Claim(Dictionary<string, string> owners, string what, string side, string name)
        {
            if (owners.TryGetValue(what, out string? owner) && owner != side)
            {
                throw new InputException($"split {split.Name}: {name} is on the {owner} and the {side} side; make the split anew");
            }

            owners[what] = side;
        }
    }

    /// <summary>Checks that each side has an example of each class: without one a class cannot be learnt, or its recall is
    /// undefined.</summary>
    /// <param name="split">The split, verified.</param>
    /// <param name="utterances">The utterances that it names.</param>
    /// <param name="labels">The task.</param>
    /// <exception cref="InputException">A class is missing on a side; the message names both.</exception>
    public static void VerifyClasses(Split split, IReadOnlyList<Utterance> utterances, LabelSet labels)
    {
        Dictionary<string, int?> classes = utterances.ToDictionary(u => u.Key, labels.ClassOf);
        foreach ((string side, IReadOnlyList<string> keys) in Sides(split))
        {
            HashSet<int?> there = [.. keys.Select(key => classes[key])];
            for (int i = 0; i < labels.Classes.Count && keys.Count > 0; i++)
            {
                if (!there.Contains(i))
                {
                    throw new InputException(
                        $"split {split.Name}: class '{labels.Classes[i]}' of label set '{labels.Name}' has no example on the {side} side; "
                        + "add data, take another fold, or choose other labels (data.labels)");
                }
            }
        }
    }

    private static (string Name, IReadOnlyList<string> Keys)[] Sides(Split split) =>
        [("train", split.Train), ("validation", split.Validation), ("test", split.Test)];
}
