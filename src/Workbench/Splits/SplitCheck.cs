using SpeechEmotion.Corpora;

namespace SpeechEmotion.Splits;

/// <summary>Holds a split against what it claims, when it is made and whenever it is read.</summary>
public static class SplitCheck
{
    /// <summary>Checks a split.</summary>
    /// <param name="split">The split.</param>
    /// <param name="utterances">The utterances that it names.</param>
    /// <exception cref="InputException">A side is empty, a key is unknown or on two sides, a speaker is on two sides of a split that keeps speakers
    /// apart, or one sound is on two sides.</exception>
    public static void Verify(Split split, IReadOnlyList<Utterance> utterances)
    {
        Dictionary<string, Utterance> byKey = utterances.ToDictionary(u => u.Key);
        (string Name, IReadOnlyList<string> Keys)[] sides = [("train", split.Train), ("validation", split.Validation), ("test", split.Test)];
        Dictionary<string, string> keys = [], speakers = [], sounds = [];
        foreach ((string side, IReadOnlyList<string> members) in sides)
        {
            if (members.Count == 0)
            {
                throw new InputException($"split {split.Name}: its {side} side is empty; give it more speakers or another fold");
            }

            foreach (string key in members)
            {
                Utterance utterance = byKey.GetValueOrDefault(key)
                    ?? throw new InputException($"split {split.Name}: {key} is not among the data; prepare the data again or make the split anew");
                Claim(keys, key, side, $"utterance {key}");
                Claim(sounds, utterance.Sha256, side, $"the sound of {key}");
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
}
