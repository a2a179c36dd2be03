using System.Buffers;

namespace SpeechEmotion.Features.Summary;

/// <summary>Frames of values in a rented array: at some 600 kB each, new arrays would cost a collection of the whole heap a clip. What was
/// rented holds leftovers until it is written.</summary>
/// <param name="frames">Number of frames.</param>
/// <param name="width">Values a frame.</param>
internal class Plane(int frames, int width) : IDisposable
{
    private readonly float[] _values = ArrayPool<float>.Shared.Rent(checked(frames * width));

    /// <summary>Number of frames.</summary>
    public int Frames { get; } = frames;

    /// <summary>Values a frame.</summary>
    public int Width { get; } = width;

    /// <summary>All values, frame by frame.</summary>
    public Span<float> Values => _values.AsSpan(0, Frames * Width);

    /// <summary>One frame.</summary>
    public Span<float> Frame(int t) => Values.Slice(t * Width, Width);

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<float>.Shared.Return(_values);
}
