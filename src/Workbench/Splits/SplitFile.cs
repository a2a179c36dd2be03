using SpeechEmotion.Corpora;

namespace SpeechEmotion.Splits;

/// <summary>split.json: a split that can be kept, read and used again.</summary>
public static class SplitFile
{
    private const int Version = 1;

    /// <summary>Writes a split.</summary>
    /// <param name="path">The file.</param>
    /// <param name="split">The split.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Split split) =>
        JsonFile.Write(path, new Versioned(Version, split));

    /// <summary>Reads a split for a run to use, and checks it against the data.</summary>
    /// <param name="path">The file, as `split.file` names it.</param>
    /// <param name="utterances">The data.</param>
    /// <returns>The split, checked.</returns>
    /// <exception cref="InputException">Missing, damaged, or at odds with the data.</exception>
    public static Split Read(string path, IReadOnlyList<Utterance> utterances)
    {
        Split split = ReadKeys(path, "split.file names it: give a run's split.json, or leave split.file out");
        SplitCheck.Verify(split, utterances);
        return split;
    }

    /// <summary>Reads a split without its data, to know which utterances a run has seen.</summary>
    /// <param name="path">The run's file.</param>
    /// <exception cref="InputException">Missing or damaged.</exception>
    public static Split ReadKeys(string path) =>
        ReadKeys(path, "give a run's own folder (runs/…); a published result keeps no split and no weights");

    private static Split ReadKeys(string path, string remedy) => JsonFile.Read<Versioned>(path, remedy, read =>
        read.Version != Version ? $"version {read.Version} of a split, where {Version} is read here"
        : read.Split.Train.Concat(read.Split.Validation).Concat(read.Split.Test).Contains(null!) ? "an utterance is null"
        : null).Split;

    private sealed record Versioned(int Version, Split Split);
}
