using SpeechEmotion.Corpora;

namespace SpeechEmotion.Splits;

/// <summary>Clips that the task does not ask about, but that there is something to learn from.</summary>
public static class FurtherClips
{
    /// <summary>Lets further clips of the speakers who train, and of speakers who are on no side, join the training side.</summary>
    /// <param name="split">The split of the clips that the task asks about, checked.</param>
    /// <param name="utterances">Those clips and the further ones.</param>
    /// <param name="further">Tells the further ones.</param>
    /// <returns>The split, checked again.</returns>
    /// <exception cref="InputException">The split does not keep speakers apart, a further clip stands on its validation or test side
    /// already, or the sound of one does.</exception>
    public static Split Join(Split split, IReadOnlyList<Utterance> utterances, Func<Utterance, bool> further)
    {
        if (!split.SpeakersApart)
        {
            throw new InputException(
                $"split {split.Name}: does not keep speakers apart, so no further clips can join its training side; "
                + "set train.labels: null");
        }

        Dictionary<string, Utterance> byKey = utterances.ToDictionary(u => u.Key);
        string[] held = [.. split.Validation, .. split.Test];
        if (held.FirstOrDefault(key => further(byKey[key])) is string wrong)
        {
            throw new InputException(
                $"split {split.Name}: {wrong} is on its validation or test side, and data.labels has no class for it; make the split anew");
        }

        HashSet<string> apart = [.. held.Select(key => byKey[key].Speaker)], there = [.. split.Train];
        IEnumerable<Utterance> joining = utterances.Where(u => further(u) && !apart.Contains(u.Speaker) && !there.Contains(u.Key));
        Split joined = split with { Train = [.. split.Train, .. joining.Select(u => u.Key)] };
        SplitCheck.Verify(joined, utterances);
        return joined;
    }
}
