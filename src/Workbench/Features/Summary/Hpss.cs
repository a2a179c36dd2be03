namespace SpeechEmotion.Features.Summary;

/// <summary>The harmonic part of sound: librosa 0.7 effects.harmonic, over decompose.hpss (medians of 31 frames and of 31 bins, kernel_size=31; soft masks
/// of power 2, margin 1) and util.softmask. After D. FitzGerald, Harmonic/percussive separation using median filtering, DAFx 2010.</summary>
internal static class Hpss
{
    private const float SmallestNormal = 1.17549435e-38f;

    /// <summary>Keeps what lasts over time.</summary>
    /// <param name="spectrum">Of the whole sound.</param>
    /// <param name="magnitudes">Its magnitudes.</param>
    /// <param name="length">Samples of the sound.</param>
    /// <returns>As many samples.</returns>
    public static float[] Harmonic(Spectrum spectrum, Magnitudes magnitudes, int length)
    {
        (int frames, int bins) = (spectrum.Frames, spectrum.Bins);
        float[] lasting = MedianFilter.AcrossRows(magnitudes.Values, frames, bins);
        float[] brief = Transpose(MedianFilter.AcrossRows(Transpose(magnitudes.Values, frames, bins), bins, frames), bins, frames);
        float[] kept = new float[spectrum.Values.Length];
        for (int i = 0; i < lasting.Length; i++)
        {
            float level = magnitudes.Values[i] * Mask(lasting[i], brief[i]);
            (float sin, float cos) = MathF.SinCos(MathF.Atan2(spectrum.Values[2 * i + 1], spectrum.Values[2 * i]));
            (kept[2 * i], kept[2 * i + 1]) = (level * cos, level * sin);
        }

        return Stft.Inverse(new Spectrum(kept, frames, bins), length);
    }

    /// <summary>The share that is harmonic, from 0 to 1; half where there is nothing.</summary>
    private static float Mask(float harmonic, float percussive)
    {
        float larger = Math.Max(harmonic, percussive);
        if (larger < SmallestNormal)
        {
            return 0.5f;
        }

        (float a, float b) = (harmonic / larger, percussive / larger);
        return a * a / (a * a + b * b);
    }

    private static float[] Transpose(float[] values, int rows, int columns)
    {
        const int Tile = 16; // a line of the cache
        float[] transposed = new float[values.Length];
        for (int top = 0; top < rows; top += Tile)
        {
            for (int left = 0; left < columns; left += Tile)
            {
                for (int r = top; r < Math.Min(rows, top + Tile); r++)
                {
                    for (int c = left; c < Math.Min(columns, left + Tile); c++)
                    {
                        transposed[c * rows + r] = values[r * columns + c];
                    }
                }
            }
        }

        return transposed;
    }
}
