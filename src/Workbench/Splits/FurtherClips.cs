using SpeechEmotion.Corpora;

namespace SpeechEmotion.Splits;

/// <summary>Clips that are not part of the task (data.labels), but that a model can learn from in training (train.labels).</summary>
public static class FurtherClips
{
    /// <summary>Adds to the training side the further clips of its speakers and of speakers who are on no side.</summary>
    /// <param name="split">The split of the task's clips, checked.</param>
    /// <param name="utterances">The task's clips and the further ones.</param>
    /// <param name="further">True for a further clip.</param>
    /// <returns>The split, checked again.</returns>
    /// <exception cref="InputException">The split is not speaker-independent, or a further clip or its sound is already on the validation
    /// or test side.</exception>
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
