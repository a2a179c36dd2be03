using System.Numerics;

namespace SpeechEmotion.Features.Summary;

/// <summary>A complex spectrogram in single precision, as librosa keeps it. Each frame holds its real parts, then its imaginary
/// parts.</summary>
/// <param name="frames">Number of frames.</param>
/// <param name="bins">Half the FFT size plus one.</param>
internal sealed class Spectrum(int frames, int bins) : Plane(frames, 2 * bins)
{
    /// <summary>Half the FFT size plus one.</summary>
    public int Bins => Width / 2;

    /// <summary>Real parts of a frame.</summary>
    public Span<float> Real(int t) => Frame(t)[..Bins];

    /// <summary>Imaginary parts of a frame.</summary>
    public Span<float> Imaginary(int t) => Frame(t)[Bins..];

    /// <summary>Absolute values, rounded once. There must be at least as many bins as a vector register has lanes.</summary>
    public Magnitudes Magnitudes()
    {
        Magnitudes magnitudes = new(Frames, Bins);
        for (int t = 0; t < Frames; t++)
        {
            ReadOnlySpan<float> re = Real(t), im = Imaginary(t);
            Span<float> to = magnitudes.Frame(t);
            for (int b = 0; b < Bins; b += Vector<float>.Count)
            {
                int at = Math.Min(b, Bins - Vector<float>.Count); // the last register overlaps the one before
                Vector.Widen(new Vector<float>(re[at..]), out Vector<double> re0, out Vector<double> re1);
                Vector.Widen(new Vector<float>(im[at..]), out Vector<double> im0, out Vector<double> im1);
                Vector.Narrow(Vector.SquareRoot(re0 * re0 + im0 * im0), Vector.SquareRoot(re1 * re1 + im1 * im1)).CopyTo(to[at..]);
            }
        }

        return magnitudes;
    }
}
