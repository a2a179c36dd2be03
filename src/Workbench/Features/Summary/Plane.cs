using System.Buffers;

namespace SpeechEmotion.Features.Summary;

/// <summary>Frames of values in a rented array: new arrays of some 600 kB each would cost one collection of the whole heap per clip. The
/// array holds old values until it is written.</summary>
/// <param name="frames">Number of frames.</param>
/// <param name="width">Values per frame.</param>
internal class Plane(int frames, int width) : IDisposable
{
    private readonly float[] _values = ArrayPool<float>.Shared.Rent(checked(frames * width));

    /// <summary>Number of frames.</summary>
    public int Frames { get; } = frames;

    /// <summary>Values per frame.</summary>
    public int Width { get; } = width;

    /// <summary>All values, frame by frame.</summary>
    public Span<float> Values => _values.AsSpan(0, Frames * Width);

    /// <summary>One frame.</summary>
    public Span<float> Frame(int t) => Values.Slice(t * Width, Width);

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<float>.Shared.Return(_values);
}
