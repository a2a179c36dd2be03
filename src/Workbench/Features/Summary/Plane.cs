using System.Buffers;

namespace SpeechEmotion.Features.Summary;

/// <summary>Frames of values in a rented array: at some 600 kB each, new arrays would cost a collection of the whole heap a clip. What was rented holds
/// leftovers until it is written.</summary>
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

/// <summary>A magnitude spectrogram; bin b of a frame lies at b · rate / (2 · (Bins - 1)) Hz.</summary>
/// <param name="frames">Number of frames.</param>
/// <param name="bins">Half the FFT size and one more.</param>
internal sealed class Magnitudes(int frames, int bins) : Plane(frames, bins)
{
    /// <summary>Half the FFT size and one more.</summary>
    public int Bins => Width;
}

/// <summary>A complex spectrogram in single precision, as librosa keeps it: (real, imaginary) of each bin.</summary>
/// <param name="frames">Number of frames.</param>
/// <param name="bins">Half the FFT size and one more.</param>
internal sealed class Spectrum(int frames, int bins) : Plane(frames, 2 * bins)
{
    /// <summary>Half the FFT size and one more.</summary>
    public int Bins => Width / 2;

    /// <summary>Absolute values, rounded once.</summary>
    public Magnitudes Magnitudes()
    {
        Magnitudes magnitudes = new(Frames, Bins);
        ReadOnlySpan<float> from = Values;
        Span<float> to = magnitudes.Values;
        for (int i = 0; i < to.Length; i++)
        {
            double re = from[2 * i], im = from[2 * i + 1];
            to[i] = (float)Math.Sqrt(re * re + im * im);
        }

        return magnitudes;
    }
}
