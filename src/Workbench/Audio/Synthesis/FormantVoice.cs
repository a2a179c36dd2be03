namespace SpeechEmotion.Audio.Synthesis;

/// <summary>The vocal tract: voice and breath pass through a nasal pole and zero and a cascade of formants; the noise of consonants is
/// added in parallel (the cascade/parallel arrangement of Klatt 1980).</summary>
public static class FormantVoice
{
    private static readonly double[] Widths = [70, 100, 150];

    /// <summary>Turns tracks into sound.</summary>
    /// <param name="tracks">What to say.</param>
    /// <param name="quality">Voice quality of the source.</param>
    /// <param name="tract">Spacing of the formants above F3, relative to an average man's 1 kHz; about 1.15 for women.</param>
    /// <param name="random">For noise, jitter and shimmer.</param>
    /// <param name="sampleRate">In Hz.</param>
    /// <returns>Samples whose level is not normalised.</returns>
    public static float[] Render(VoiceTracks tracks, VoiceQuality quality, double tract, SeededRandom random, int sampleRate)
    {
        int hop = (int)Math.Round(sampleRate * VoiceTracks.Step);
        float[] samples = new float[tracks.F0.Length * hop];
        GlottalSource source = new(quality, random, sampleRate);
        Resonator[] cascade = new Resonator[3 + HigherFormants(tract, sampleRate)];
        for (int k = 3; k < cascade.Length; k++)
        {
            cascade[k].Tune((k + 0.5) * 1000 * tract, 150 + 60 * (k - 2), sampleRate);
        }

        Resonator nasalPole = default, nasalZero = default, place = default;
        nasalPole.Tune(Phone.NasalPole, 100, sampleRate);
        for (int i = 0; i < samples.Length; i++)
        {
            int frame = i / hop;
            double part = (double)(i % hop) / hop;
            double Now(double[] track) => track[frame] + part * (track[Math.Min(frame + 1, track.Length - 1)] - track[frame]);
            double voicing = Now(tracks.Voicing), aspiration = Now(tracks.Aspiration);

            // An open glottis damps the first formant (Klatt and Klatt 1990). Tuned at every sample: with steps of 2 ms,
            // fast transitions show as clicks in the spectrogram.
            double damping = 120 * Math.Max(0, quality.OpenQuotient - 0.5) + 150 * aspiration;
            for (int k = 0; k < 3; k++)
            {
                cascade[k].Tune(Now(tracks.Formants[k]), Widths[k] * Math.Sqrt(tract) + (k == 0 ? damping : 0), sampleRate);
            }

            nasalZero.Tune(Now(tracks.NasalZero), 100, sampleRate);
            if (part == 0)
            {
                place.Tune(Math.Min(tracks.NoiseHz[frame], 0.46 * sampleRate), tracks.NoiseWidth[frame], sampleRate);
            }

            double x = source.Next(Now(tracks.F0), voicing, aspiration);
            x = nasalZero.Cancel(nasalPole.Resonate(x));
            for (int k = 0; k < cascade.Length; k++)
            {
                x = cascade[k].Resonate(x);
            }

            samples[i] = (float)(x + place.Band(random.Normal() * Now(tracks.Noise)));
        }

        return samples;
    }

    private static int HigherFormants(double tract, int sampleRate) => (int)Math.Floor(0.47 * sampleRate / 1000 / tract - 2.5);
}
