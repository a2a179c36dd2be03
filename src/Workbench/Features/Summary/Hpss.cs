using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SpeechEmotion.Features.Summary;

/// <summary>The harmonic part of sound: librosa 0.7 effects.harmonic, built on decompose.hpss (medians of 31 frames and of 31 bins,
/// kernel_size=31; soft masks of power 2, margin 1) and util.softmask. After D. FitzGerald, Harmonic/percussive separation using median
/// filtering, DAFx 2010.</summary>
internal static class Hpss
{
    [ThreadStatic]
    private static float[]? keptValues, keptMedians;

    private static int Lanes => Vector512<float>.Count;

    /// <summary>Keeps the part of the sound that lasts over time.</summary>
    /// <param name="spectrum">Spectrum of the whole sound.</param>
    /// <param name="magnitudes">Magnitudes of the spectrum.</param>
    /// <param name="length">Samples of the sound.</param>
    /// <returns><paramref name="length"/> samples.</returns>
    public static float[] Harmonic(Spectrum spectrum, Magnitudes magnitudes, int length)
    {
        using Plane lasting = AcrossFrames(magnitudes), brief = AcrossBins(magnitudes);
        using Spectrum kept = new(spectrum.Frames, spectrum.Bins);
        for (int t = 0; t < spectrum.Frames; t++)
        {
            ReadOnlySpan<float> slow = lasting.Frame(t), fast = brief.Frame(t), re = spectrum.Real(t), im = spectrum.Imaginary(t);
            for (int b = 0; b < slow.Length; b += Vector<float>.Count)
            {
                // librosa computes the phase by way of its angle. That differs in the last bits, and changes the tuning of 1 in 3,280 clips
                // (TESS, RAVDESS).
                int at = Math.Min(b, slow.Length - Vector<float>.Count); // the last register overlaps the one before
                Vector<float> mask = Mask(new Vector<float>(slow[at..]), new Vector<float>(fast[at..]));
                (new Vector<float>(re[at..]) * mask).CopyTo(kept.Real(t)[at..]);
                (new Vector<float>(im[at..]) * mask).CopyTo(kept.Imaginary(t)[at..]);
            }
        }

        return Stft.Inverse(kept, length);
    }

    /// <summary>Medians over time, sixteen bins at once.</summary>
    internal static Plane AcrossFrames(Plane magnitudes)
    {
        (int frames, int width) = (magnitudes.Frames, magnitudes.Width);
        Plane medians = new(frames, width);
        Span<Vector512<float>> values = Aligned.ReuseVectors(ref keptValues, frames), of = Aligned.ReuseVectors(ref keptMedians, frames);
        Span<float> from = MemoryMarshal.Cast<Vector512<float>, float>(values), to = MemoryMarshal.Cast<Vector512<float>, float>(of);
        for (int b = 0; b < width; b += Lanes)
        {
            int count = Math.Min(Lanes, width - b);
            for (int t = 0; t < frames; t++)
            {
                magnitudes.Frame(t).Slice(b, count).CopyTo(from[(t * Lanes)..]);
            }

            MedianFilter.Of(values, of);
            for (int t = 0; t < frames; t++)
            {
                to.Slice(t * Lanes, count).CopyTo(medians.Frame(t)[b..]);
            }
        }

        return medians;
    }

    /// <summary>Medians over frequency, sixteen frames at once.</summary>
    private static Plane AcrossBins(Plane magnitudes)
    {
        (int frames, int width) = (magnitudes.Frames, magnitudes.Width);
        Plane medians = new(frames, width);
        Span<Vector512<float>> values = Aligned.ReuseVectors(ref keptValues, width), of = Aligned.ReuseVectors(ref keptMedians, width);
        for (int first = 0; first < frames * width; first += Lanes * width)
        {
            LaneTiles<float>.Deal(magnitudes.Values[first..], width, values);
            MedianFilter.Of(values, of);
            LaneTiles<float>.Collect(of, medians.Values[first..], width, width);
        }

        return medians;
    }

    /// <summary>Soft mask: the harmonic share, from 0 to 1; half where both medians are below <see cref="Magnitudes.Tiny"/>.</summary>
    private static Vector<float> Mask(Vector<float> harmonic, Vector<float> percussive)
    {
        Vector<float> larger = Vector.MaxNative(harmonic, percussive);
        Vector<float> a = harmonic / larger, b = percussive / larger;
        (a, b) = (a * a, b * b);
        return Vector.ConditionalSelect(Vector.LessThan(larger, new Vector<float>(Magnitudes.Tiny)), new Vector<float>(0.5f), a / (a + b));
    }
}
