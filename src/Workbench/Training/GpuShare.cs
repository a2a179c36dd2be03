namespace SpeechEmotion.Training;

/// <summary>Gives each of several processes a GPU of its own.</summary>
public static class GpuShare
{
    /// <summary>Value of CUDA_VISIBLE_DEVICES with which a process sees one card only. The cards that this process sees are assigned in
    /// turn.</summary>
    /// <param name="visible">This process's own CUDA_VISIBLE_DEVICES (numbers or card names, separated by commas), or null if it is not
    /// set.</param>
    /// <param name="cards">Cards that this process sees.</param>
    /// <param name="process">Number of the process, from 0. Process 0 gets the first card, which is torch's own choice.</param>
    /// <returns>The value, or null to leave the environment as it is, with fewer than two cards.</returns>
    public static string? Of(string? visible, int cards, int process)
    {
        if (cards < 2)
        {
            return null;
        }

        // CUDA shows the listed cards in that order, and stops at the first one that does not exist.
        string[] names = visible is { Length: > 0 }
            ? visible.Split(',', StringSplitOptions.TrimEntries)
            : [.. Enumerable.Range(0, cards).Select(card => $"{card}")];
        return names[process % Math.Min(cards, names.Length)];
    }
}
