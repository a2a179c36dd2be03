using SpeechEmotion.Audio;

namespace SpeechEmotion.Features.Summary;

/// <summary>Strength of the twelve pitch classes: librosa 0.7 feature.chroma_stft, built on filters.chroma (a Gaussian bump per bin and
/// class, unit length, weighted around the fifth octave). The published script passes the magnitude where librosa's documentation asks for
/// power, and so do we.</summary>
internal static class PitchClasses
{
    /// <summary>Number of classes; they start at C.</summary>
    public const int Count = 12;

    private const double CentreOctave = 5;
    private const double OctaveWidth = 2;

    private static readonly FilterCache<(int Rate, int Bins, double Tuning), float[][]> Made =
        new(key => Filters(key.Rate, key.Bins, key.Tuning));

    /// <summary>The mean over time. Each frame is scaled so that its largest class is 1 (a silent one stays 0).</summary>
    /// <param name="spectrum">Magnitudes at the default FFT size.</param>
    /// <param name="rate">In Hz.</param>
    /// <returns><see cref="Count"/> values from 0 to 1.</returns>
    public static double[] Of(Magnitudes spectrum, int rate)
    {
        float[][] filters = Made.Of((rate, spectrum.Bins, PitchTuning.Of(spectrum, rate)));
        double[] mean = new double[Count];
        float[] classes = new float[Count];
        for (int t = 0; t < spectrum.Frames; t++)
        {
            for (int c = 0; c < Count; c++)
            {
                classes[c] = DotProduct.Of(filters[c], spectrum.Frame(t));
            }

            float top = classes.Max();
            for (int c = 0; c < Count && top >= Magnitudes.Tiny; c++)
            {
                mean[c] += classes[c] / top / spectrum.Frames;
            }
        }

        return mean;
    }

    /// <summary>Makes the filters.</summary>
    /// <param name="rate">In Hz.</param>
    /// <param name="bins">FFT bins from 0 to half the rate.</param>
    /// <param name="tuning">Semitones that the notes lie above those of A440.</param>
    /// <returns>Classes × bins.</returns>
    internal static float[][] Filters(int rate, int bins, double tuning)
    {
        double lowestA = 440 * Math.Pow(2, tuning / Count) / 16, binHz = rate / 2.0 / (bins - 1);
        double[] notes = new double[bins + 1];
        for (int b = 1; b < notes.Length; b++)
        {
            notes[b] = Count * Math.Log2(b * binHz / lowestA);
        }

        notes[0] = notes[1] - 1.5 * Count; // 0 Hz has no note: placed an octave and a half below the first bin
        float[][] filters = [.. Enumerable.Range(0, Count).Select(_ => new float[bins])];
        double[] bumps = new double[Count];
        for (int b = 0; b < bins; b++)
        {
            double width = Math.Max(1, notes[b + 1] - notes[b]), squares = 0;
            for (int a = 0; a < Count; a++)
            {
                // Distance to the nearest octave of the class, from -6 to 6 semitones; classes are counted from A here.
                double from = notes[b] - a + Count / 2, distance = from - Math.Floor(from / Count) * Count - Count / 2;
                double bump = 2 * distance / width;
                bumps[a] = Math.Exp(-0.5 * bump * bump);
                squares += bumps[a] * bumps[a];
            }

            double weight = Math.Exp(-0.5 * Math.Pow((notes[b] / Count - CentreOctave) / OctaveWidth, 2)) / Math.Sqrt(squares);
            for (int c = 0; c < Count; c++)
            {
                filters[c][b] = (float)(bumps[(c + 3) % Count] * weight);
            }
        }

        return filters;
    }
}
