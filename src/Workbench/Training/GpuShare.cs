namespace SpeechEmotion.Training;

/// <summary>Gives each of several processes a GPU of its own.</summary>
public static class GpuShare
{
    /// <summary>What CUDA_VISIBLE_DEVICES must be for a process to see one card: the cards that this process sees, dealt in turn.</summary>
    /// <param name="visible">This process's own CUDA_VISIBLE_DEVICES (numbers or card names with commas), or
    /// null where it is not set.</param>
    /// <param name="cards">Cards that this process sees.</param>
    /// <param name="process">The process, from 0; 0 stays with the first card, which is torch's own choice.</param>
    /// <returns>The value, or null to leave the environment as it is: there are fewer than two cards.</returns>
    public static string? Of(string? visible, int cards, int process)
    {
        if (cards < 2)
        {
            return null;
        }

        // CUDA shows the cards that are listed, in that order, up to the first that is not there.
        string[] names = visible is { Length: > 0 }
            ? visible.Split(',', StringSplitOptions.TrimEntries)
            : [.. Enumerable.Range(0, cards).Select(card => $"{card}")];
        return names[process % Math.Min(cards, names.Length)];
    }
}
