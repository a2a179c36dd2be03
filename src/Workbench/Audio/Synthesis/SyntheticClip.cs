namespace SpeechEmotion.Audio.Synthesis;

/// <summary>One synthetic clip, determined by its speaker, emotion, take and seed alone.</summary>
/// <param name="Sound">The recording.</param>
/// <param name="Tracks">The tracks that the synthesizer was given.</param>
public sealed record SyntheticClip(Waveform Sound, VoiceTracks Tracks)
{
    /// <summary>Sample rate of all clips, in Hz.</summary>
    public const int SampleRate = 16000;

    /// <summary>Plans and renders a clip. Equal arguments give equal samples.</summary>
    /// <param name="speaker">Who speaks.</param>
    /// <param name="emotion">A key of <see cref="EmotionProsody.Table"/>.</param>
    /// <param name="take">1, 2, …; it also picks the sentence.</param>
    /// <param name="seed">Seed of the corpus.</param>
    public static SyntheticClip Make(SyntheticSpeaker speaker, string emotion, int take, int seed)
    {
        SeededRandom random = new($"{seed}/{speaker.Name}/{emotion}/{take}");

        // Not every take succeeds: some stay close to neutral.
        double strength = speaker.Expressiveness * Math.Clamp(1 + 0.25 * random.Normal(), 0.2, 1.6);
        EmotionProsody style = speaker.Style[emotion];
        EmotionProsody prosody = EmotionProsody.Table[emotion].Scale(strength).Add(style).Vary(EmotionProsody.ClipSpread, random);
        VoiceTracks tracks = SpeechPlan.Make(Sentence.All[(take - 1) % Sentence.All.Count], speaker, prosody, random);
        VoiceQuality neutral = speaker.Quality;
        VoiceQuality quality = new(
            Math.Clamp(neutral.OpenQuotient + prosody.OpenQuotient, 0.35, 0.85),
            Math.Clamp(neutral.TiltDb + prosody.Tilt, 0, 28),
            Math.Clamp(neutral.BreathDb + prosody.Breath, -45, -14),
            Math.Clamp(neutral.JitterPercent + prosody.Jitter, 0.2, 4),
            neutral.ShimmerDb + 0.3 * Math.Max(0, prosody.Jitter));
        float[] samples = FormantVoice.Render(tracks, quality, (speaker.Female ? 1.15 : 1) * speaker.Tract, random, SampleRate);
        Record(samples, speaker.LevelDb + prosody.Loudness, speaker.NoiseDb, random);
        return new(new Waveform(samples, SampleRate), tracks);
    }

    /// <summary>Sets the level (RMS over the clip, lowered where a peak would pass 0.9 of full scale) and adds the room's noise.</summary>
    private static void Record(float[] samples, double levelDb, double noiseDb, SeededRandom random)
    {
        double power = samples.Average(x => (double)x * x);
        double peak = samples.Max(Math.Abs);
        double gain = Math.Min(Math.Pow(10, levelDb / 20) / Math.Sqrt(power), 0.9 / peak);
        double noise = Math.Pow(10, noiseDb / 20);
        double room = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            // White noise through a pole at 0.8, scaled to unit power: rooms are louder at low frequencies.
            room = 0.8 * room + 0.6 * random.Normal();
            samples[i] = (float)(samples[i] * gain + room * noise);
        }
    }
}
