namespace SpeechEmotion.Audio.Synthesis;

/// <summary>A source-filter voice (Fant, 1960; Klatt, 1980): speaks a drawn sentence with the prosody of an emotion.</summary>
internal static class SentenceVoice
{
    /// <summary>Samples a second.</summary>
    public const int SampleRate = 16000;

    private const int Block = 40; // Formants, pitch and amplitudes move every 2.5 ms.
    private const double TiltHz = 1200;
    private static readonly double[] Bandwidths = [70, 100, 150, 250, 300];

    /// <summary>Speaks.</summary>
    /// <param name="voice">The speaker.</param>
    /// <param name="emotion">The emotion's prosody.</param>
    /// <param name="random">Draws the sentence, its melody and the noise.</param>
    /// <returns>Samples at 16 kHz, never beyond ±1.</returns>
    public static float[] Speak(Voice voice, EmotionProsody emotion, Random random)
    {
        double strength = Math.Clamp(voice.Expression + Voice.Spread(random, 0.4), 0, 1.4);
        double Move(double neutral, double emotional) => neutral + (strength * (emotional - neutral));
        EmotionProsody calm = EmotionProsody.All["neutral"];
        double rate = voice.Rate * Move(1, emotion.Rate) * (1 + Voice.Spread(random, 0.12));
        double level = Move(0, emotion.PitchLevel) + Voice.Spread(random, 1.5), range = Move(1, emotion.PitchRange) * (1 + Voice.Spread(random, 0.25));
        double rise = Move(calm.FinalRise, emotion.FinalRise) + Voice.Spread(random, 1.5);
        double cutoff = TiltHz * voice.Brightness * Move(1, emotion.Brightness);
        double breath = Math.Max(0.01, Move(calm.Breathiness, emotion.Breathiness)), jitter = Math.Max(0.003, Move(calm.Jitter, emotion.Jitter));

        List<(Phone Phone, double Melody)> phones = Sentence(random);
        int[] blocks = [.. phones.Select(p => Math.Max(2, (int)(p.Phone.Seconds / rate * SampleRate / Block)))];
        int total = blocks.Sum(), silence = (int)((0.15 + (0.2 * random.NextDouble())) * SampleRate);
        float[] sound = new float[(total * Block) + (2 * silence)];

        GlottalSource source = new(SampleRate, random);
        Resonator[] tract = [.. Bandwidths.Select(_ => new Resonator(SampleRate))];
        Resonator noise = new(SampleRate);
        double[] formants = [.. phones[0].Phone.Formants];
        double voicing = 0, frication = 0, melody = 0, before = 0;
        int at = silence, block = 0;
        for (int p = 0; p < phones.Count; p++)
        {
            (Phone phone, double target) = phones[p];
            noise.Tune(Math.Max(500, phone.NoiseHz), 1200);
            for (int b = 0; b < blocks[p]; b++, block++)
            {
                // One-pole glides stand for the inertia of tongue, folds and breath.
                for (int f = 0; f < formants.Length; f++)
                {
                    formants[f] += 0.12 * (phone.Formants[f] - formants[f]);
                }

                voicing += 0.25 * (phone.Voicing - voicing);
                frication += 0.3 * (phone.Noise - frication);
                melody += 0.06 * (target - melody);
                double along = (double)block / total;
                double pitch = voice.PitchHz * Voice.Semitones(level + (range * (melody + 1 - (2 * along))) + (rise * Math.Max(0, (along - 0.6) / 0.4)));
                Tune(tract, formants, voice.Tract);
                for (int i = 0; i < Block; i++, at++)
                {
                    double x = voicing * source.Next(pitch, jitter, breath, cutoff);
                    foreach (Resonator resonator in tract)
                    {
                        x = resonator.Next(x);
                    }

                    double spoken = x + (0.25 * frication * noise.Next((2 * random.NextDouble()) - 1));
                    sound[at] = (float)(spoken - before); // Lips radiate the derivative.
                    before = spoken;
                }
            }
        }

        return Record(sound, voice, strength * emotion.Loudness, random);
    }

    private static void Tune(Resonator[] tract, double[] formants, double scale)
    {
        for (int f = 0; f < tract.Length; f++)
        {
            double hz = f < formants.Length ? formants[f] : 3500 + (1000 * (f - formants.Length));
            tract[f].Tune(Math.Min(hz * scale, 7200), Bandwidths[f]);
        }
    }

    /// <summary>Three to five words of one to three syllables; each syllable's vowel carries a step of the melody, in semitones.</summary>
    private static List<(Phone Phone, double Melody)> Sentence(Random random)
    {
        List<(Phone, double)> phones = [];
        for (int syllables = random.Next(5, 9); syllables > 0; syllables--)
        {
            double melody = Voice.Spread(random, 4);
            phones.AddRange(Phone.Consonants[random.Next(Phone.Consonants.Length)].Select(c => (c, melody)));
            Phone vowel = Phone.Vowels[random.Next(Phone.Vowels.Length)];
            phones.Add((vowel with { Seconds = vowel.Seconds * (0.8 + (0.5 * random.NextDouble())) }, melody));
        }

        return phones;
    }

    /// <summary>The microphone: a fixed level for the speaker, plus the emotion's, plus noise; peaks are bent below full scale and never cut.</summary>
    private static float[] Record(float[] sound, Voice voice, double loudness, Random random)
    {
        double gain = Math.Pow(10, (voice.GainDb + loudness + Voice.Spread(random, 2)) / 20) * 2.0, floor = Math.Pow(10, voice.FloorDb / 20);
        for (int i = 0; i < sound.Length; i++)
        {
            sound[i] = (float)(0.98 * Math.Tanh(gain * sound[i] + (floor * ((2 * random.NextDouble()) - 1))));
        }

        return sound;
    }
}
