namespace SpeechEmotion.Audio.Synthesis;

/// <summary>Turns a sentence and a way of speaking into tracks: durations, f0 contour, and targets that blend into one another.</summary>
public static class SpeechPlan
{
    private static readonly double[] Central = [500, 1500, 2500];

    private sealed record Segment(
        double Seconds, SentencePhone Sound, double Voicing, double Aspiration, double Noise, double NasalZero = Phone.NasalPole)
    {
        public int Frames => (int)Math.Max(1, Math.Round(Seconds / VoiceTracks.Step));
    }

    /// <summary>Plans one clip.</summary>
    /// <param name="sentence">What is said.</param>
    /// <param name="speaker">Who speaks.</param>
    /// <param name="prosody">How it is said, relative to the speaker's neutral voice.</param>
    /// <param name="random">For durations, accents, drift and pauses.</param>
    public static VoiceTracks Make(
        IReadOnlyList<SentencePhone> sentence, SyntheticSpeaker speaker, EmotionProsody prosody, SeededRandom random)
    {
        double rate = speaker.Rate * Math.Exp(prosody.Rate);
        List<Segment> segments = [Rest(sentence[0], random)];
        for (int i = 0; i < sentence.Count; i++)
        {
            // The last syllable of a phrase is lengthened (Klatt 1976).
            double seconds = sentence[i].Phone.Seconds * (sentence[i].Stressed ? 1.45 : 1) * (i >= sentence.Count - 2 ? 1.35 : 1)
                * Math.Exp(0.08 * random.Normal()) / rate;
            segments.AddRange(Parts(sentence[i], seconds));
        }

        segments.Add(Rest(sentence[^1], random));
        Segment[] frames = [.. segments.SelectMany(segment => Enumerable.Repeat(segment, segment.Frames))];
        double accent = Math.Pow(10, (1.5 + prosody.Accent) / 20);
        double[] Track(Func<Segment, double> value, double seconds) => Smooth([.. frames.Select(value)], seconds);
        return new VoiceTracks(
            Pitch(segments, speaker, prosody, random),
            Track(segment => segment.Voicing * (segment.Sound.Stressed ? accent : 1), 0.024),
            Track(segment => segment.Aspiration, 0.016),
            Track(segment => segment.Noise, 0.010),
            Track(segment => segment.Sound.Phone.NoiseHz * (speaker.Female ? 1.1 : 1) * speaker.Tract, 0),
            Track(segment => segment.Sound.Phone.NoiseWidth, 0),
            Track(segment => segment.NasalZero, 0.02),
            [.. Enumerable.Range(0, 3).Select(k => Track(segment => Formant(segment.Sound.Phone, k, speaker, prosody), 0.07))]);
    }

    private static Segment Rest(SentencePhone neighbour, SeededRandom random) =>
        new(random.Uniform(0.06, 0.14), neighbour with { Stressed = false }, 0, 0, 0);

    private static IEnumerable<Segment> Parts(SentencePhone sound, double seconds)
    {
        Phone phone = sound.Phone;
        switch (phone.Manner)
        {
            case Manner.Plosive:
                bool voiceless = phone.Voicing == 0;
                yield return new(seconds * 0.75, sound, phone.Voicing, 0, 0);
                yield return new(0.012, sound, phone.Voicing, 0, phone.Noise);
                yield return new(voiceless ? 0.030 : 0.006, sound, phone.Voicing, voiceless ? 0.7 : 0, 0);
                break;
            case Manner.Aspirate:
                yield return new(seconds, sound, 0, 1, 0);
                break;
            default:
                yield return new(seconds, sound, phone.Voicing, 0, phone.Noise, phone.NasalZero);
                break;
        }
    }

    private static double Formant(Phone phone, int index, SyntheticSpeaker speaker, EmotionProsody prosody)
    {
        double target = (speaker.Female ? phone.Female : phone.Male)[index];
        double central = Central[index] * (speaker.Female ? 1.15 : 1);
        double reach = phone.Manner == Manner.Vowel ? Math.Clamp(1 + prosody.Articulation, 0.4, 1.25) : 1;
        return (central + (target - central) * reach) * speaker.Tract * Math.Exp(prosody.Formants);
    }

    /// <summary>The f0 of each frame, in Hz: declination, accents on stressed vowels, the end of the phrase, drift and tremor, added in
    /// semitones.</summary>
    private static double[] Pitch(List<Segment> segments, SyntheticSpeaker speaker, EmotionProsody prosody, SeededRandom random)
    {
        double start = segments[0].Seconds;
        double length = segments.Sum(segment => segment.Seconds) - start - segments[^1].Seconds;
        double range = speaker.PitchRange * Math.Pow(2, prosody.Range);
        double phase = random.Uniform(0, 2 * Math.PI);
        double drift = random.Normal();
        double tremor = Math.Max(0, prosody.Tremor);
        List<(double Centre, double Height)> accents = [];
        double begin = 0;
        int frames = 0;
        foreach (Segment segment in segments)
        {
            if (segment.Sound is { Stressed: true, Phone.Voicing: 1 })
            {
                accents.Add((begin + segment.Seconds / 2, 2.5 * Math.Exp(0.3 * random.Normal())));
            }

            begin += segment.Frames * VoiceTracks.Step;
            frames += segment.Frames;
        }

        return [.. Enumerable.Range(0, frames).Select(frame =>
        {
            double time = frame * VoiceTracks.Step;
            double u = Math.Clamp((time - start) / length, 0, 1);
            double bumps = accents.Sum(accent => accent.Height * Math.Exp(-0.5 * Math.Pow((time - accent.Centre) / 0.06, 2)));
            double end = Math.Clamp((u - 0.8) / 0.2, 0, 1);
            double semitones = prosody.Pitch + range * (3 * (0.5 - u) + bumps + 0.4 * Math.Sin(5 * u + drift)) + prosody.Slope * (u - 0.5)
                + prosody.Final * end * end * (3 - 2 * end) + tremor * Math.Sin(2 * Math.PI * 6 * time + phase);
            return Math.Clamp(speaker.F0 * Math.Pow(2, semitones / 12), 55, 600);
        })];
    }

    /// <summary>Smooths a track by a raised-cosine window as long as a transition between sounds.</summary>
    private static double[] Smooth(double[] values, double seconds)
    {
        int reach = (int)Math.Round(seconds / 2 / VoiceTracks.Step);
        double[] weights = [.. Enumerable.Range(-reach, 2 * reach + 1).Select(k => 0.5 + 0.5 * Math.Cos(Math.PI * k / (reach + 1)))];
        double sum = weights.Sum();
        double[] smooth = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            for (int k = -reach; k <= reach; k++)
            {
                smooth[i] += weights[k + reach] / sum * values[Math.Clamp(i + k, 0, values.Length - 1)];
            }
        }

        return smooth;
    }
}
