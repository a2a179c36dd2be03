using System.Numerics;

namespace SpeechEmotion.Features.Summary;

/// <summary>The harmonic part of sound: librosa 0.7 effects.harmonic, over decompose.hpss (medians of 31 frames and of 31 bins,
/// kernel_size=31; soft masks of power 2, margin 1) and util.softmask. After D. FitzGerald, Harmonic/percussive separation using median
/// filtering, DAFx 2010.</summary>
internal static class Hpss
{
    /// <summary>Keeps what lasts over time.</summary>
    /// <param name="spectrum">Of the whole sound.</param>
    /// <param name="magnitudes">Its magnitudes.</param>
    /// <param name="length">Samples of the sound.</param>
    /// <returns>As many samples.</returns>
    public static float[] Harmonic(Spectrum spectrum, Magnitudes magnitudes, int length)
    {
        using Plane lasting = MedianFilter.AcrossRows(magnitudes);
        using Plane columns = Transpose(magnitudes), alongBins = MedianFilter.AcrossRows(columns), brief = Transpose(alongBins);
        using Spectrum kept = new(spectrum.Frames, spectrum.Bins);
        for (int t = 0; t < spectrum.Frames; t++)
        {
            ReadOnlySpan<float> slow = lasting.Frame(t), fast = brief.Frame(t), re = spectrum.Real(t), im = spectrum.Imaginary(t);
            for (int b = 0; b < slow.Length; b += Vector<float>.Count)
            {
                // There the phase goes through an angle; that differs in the last bits, and changes the tuning of 1 in 3,280 clips (TESS,
                // RAVDESS).
                int at = Math.Min(b, slow.Length - Vector<float>.Count); // the last registers overlap
                Vector<float> mask = Mask(new Vector<float>(slow[at..]), new Vector<float>(fast[at..]));
                (new Vector<float>(re[at..]) * mask).CopyTo(kept.Real(t)[at..]);
                (new Vector<float>(im[at..]) * mask).CopyTo(kept.Imaginary(t)[at..]);
            }
        }

        return Stft.Inverse(kept, length);
    }

    /// <summary>The share that is harmonic, from 0 to 1; half where there is nothing.</summary>
    private static Vector<float> Mask(Vector<float> harmonic, Vector<float> percussive)
    {
        Vector<float> larger = Vector.MaxNative(harmonic, percussive);
        Vector<float> a = harmonic / larger, b = percussive / larger;
        (a, b) = (a * a, b * b);
        return Vector.ConditionalSelect(Vector.LessThan(larger, new Vector<float>(Magnitudes.Tiny)), new Vector<float>(0.5f), a / (a + b));
    }

    private static Plane Transpose(Plane plane)
    {
        const int Tile = 16; // a line of the cache
        (int rows, int columns) = (plane.Frames, plane.Width);
        Plane transposed = new(columns, rows);
        ReadOnlySpan<float> from = plane.Values;
        Span<float> to = transposed.Values;
        for (int top = 0; top < rows; top += Tile)
        {
            for (int left = 0; left < columns; left += Tile)
            {
                for (int r = top; r < Math.Min(rows, top + Tile); r++)
                {
                    for (int c = left; c < Math.Min(columns, left + Tile); c++)
                    {
                        to[c * rows + r] = from[r * columns + c];
                    }
                }
            }
        }

        return transposed;
    }
}
