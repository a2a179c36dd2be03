namespace SpeechEmotion.Tests;

/// <summary>A reader, and what it is fed with.</summary>
/// <param name="Name">What it reads.</param>
/// <param name="Share">Inputs in per cent of the number asked for.</param>
/// <param name="Text">Whether its files are text.</param>
/// <param name="Good">Good files, which are spoilt.</param>
/// <param name="Read">Reads a file; throws what the reader throws, and fails where the reader took what it should not have.</param>
internal sealed record GarbageTarget(string Name, int Share, bool Text, IReadOnlyList<byte[]> Good, Action<byte[]> Read)
{
    /// <summary>Makes a spoilt file pass for whole, so that what lies behind a checksum is met too.</summary>
    public Func<byte[], byte[]> Sign { get; init; } = bytes => bytes;
}
