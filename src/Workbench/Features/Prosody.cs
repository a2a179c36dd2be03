namespace SpeechEmotion.Features;

/// <summary>Adds three values to the bands of each frame: pitch, voicing and level.</summary>
public static class Prosody
{
    /// <summary>Values per frame.</summary>
    public const int Columns = 3;

    /// <summary>Column of the pitch: log2 of Hz, linearly interpolated over unvoiced frames and held constant at the clip's ends.</summary>
    public const int Pitch = 0;

    /// <summary>Column of the voicing: the highest normalised autocorrelation, 0 to 1.</summary>
    public const int Voicing = 1;

    /// <summary>Column of the level: dB, at most top_db below the clip's loudest frame.</summary>
    public const int Level = 2;

    /// <summary>Pitch (log2 of Hz) of a clip without voiced frames: the middle of the range.</summary>
    private static readonly double Unvoiced = Math.Log2(Math.Sqrt(PitchTracker.Floor * PitchTracker.Ceiling));

    /// <summary>Appends the three columns to the values of each frame.</summary>
    /// <param name="bands">Bands of the clip.</param>
    /// <param name="voices">The clip's pitch track, with at least as many frames.</param>
    /// <param name="topDb">Largest distance of a level below the loudest frame's, in dB.</param>
    /// <returns>A clip wider by <see cref="Columns"/>.</returns>
    public static Feature Append(Feature bands, ReadOnlySpan<Voice> voices, double topDb)
    {
        double[] pitch = Continuous(voices);
        double floor = double.NegativeInfinity;
        foreach (Voice voice in voices)
        {
            floor = Math.Max(floor, voice.Decibel - topDb);
        }

        int width = bands.Width + Columns;
        float[] all = new float[bands.Frames * width];
        for (int t = 0; t < bands.Frames; t++)
        {
            bands.Values.AsSpan(t * bands.Width, bands.Width).CopyTo(all.AsSpan(t * width));
            Span<float> tracks = all.AsSpan(t * width + bands.Width, Columns);
            tracks[Pitch] = (float)pitch[t];
            tracks[Voicing] = (float)voices[t].Strength;
            tracks[Level] = (float)Math.Max(floor, voices[t].Decibel);
        }

        return new Feature(all, bands.Frames, width);
    }

    private static double[] Continuous(ReadOnlySpan<Voice> voices)
    {
        double[] pitch = new double[voices.Length];
        int last = -1;
        for (int t = 0; t < voices.Length; t++)
        {
            if (voices[t].Hertz == 0)
            {
                continue;
            }

            pitch[t] = Math.Log2(voices[t].Hertz);
            double from = last < 0 ? pitch[t] : pitch[last];
            for (int gap = last + 1; gap < t; gap++)
            {
                pitch[gap] = from + (pitch[t] - from) * (gap - last) / (t - last);
            }

            last = t;
        }

        Array.Fill(pitch, last < 0 ? Unvoiced : pitch[last], last + 1, voices.Length - last - 1);
        return pitch;
    }
}
