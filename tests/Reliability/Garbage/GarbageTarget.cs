namespace SpeechEmotion.Tests;

/// <summary>A reader under test, and its inputs.</summary>
/// <param name="Name">What it reads.</param>
/// <param name="Share">Number of inputs, in per cent of the number asked for.</param>
/// <param name="Text">Whether its files are text.</param>
/// <param name="Good">Good files, which are then damaged.</param>
/// <param name="Read">Reads a file; throws what the reader throws, and fails if the reader accepted what it should have refused.</param>
internal sealed record GarbageTarget(string Name, int Share, bool Text, IReadOnlyList<byte[]> Good, Action<byte[]> Read)
{
    /// <summary>Gives a damaged file a valid checksum, so that the code behind the checksum is tested too.</summary>
    public Func<byte[], byte[]> Sign { get; init; } = bytes => bytes;
}
