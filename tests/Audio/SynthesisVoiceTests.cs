using SpeechEmotion.Audio.Synthesis;

namespace SpeechEmotion.Tests.Audio;

public class SynthesisVoiceTests
{
    private const int Rate = SyntheticClip.SampleRate;

    public static TheoryData<string, bool> Vowels => new(
        from phone in Phone.All.Values
        where phone.Manner == Manner.Vowel && phone.Voicing == 1
        from female in new[] { false, true }
        select (phone.Name, female));

    // Formants are read from a linear-prediction fit to a steady vowel, excited by breath alone so that no harmonic is taken for a formant.
    // The noise of the spectrum and the skirts of neighbouring formants move a peak by a few percent: 6 % + 25 Hz is allowed.
    [Theory]
    [MemberData(nameof(Vowels))]
    public void Vowel_has_its_formants(string name, bool female)
    {
        double[] targets = female ? Phone.All[name].Female : Phone.All[name].Male;
        VoiceTracks tracks = Tone.Vowel(100, targets, 4);
        tracks = tracks with { Voicing = [.. tracks.Voicing.Select(_ => 0.0)], Aspiration = [.. tracks.Voicing.Select(_ => 0.1)] };
        float[] sound = FormantVoice.Render(tracks, new(0.5, 0, -30, 0, 0), female ? 1.15 : 1, new SeededRandom(name), Rate);
        double[] peaks = LinearPrediction.Peaks(sound, 20, Rate);
        foreach (double target in targets)
        {
            double nearest = peaks.MinBy(peak => Math.Abs(peak - target));
            Assert.InRange(nearest, target * 0.94 - 25, target * 1.06 + 25);
        }
    }

    [Theory]
    [InlineData(80)]
    [InlineData(137.3)]
    [InlineData(220)]
    [InlineData(431)]
    public void Steady_voice_has_the_asked_f0(double f0)
    {
        VoiceTracks tracks = Tone.Vowel(f0, Phone.All["AX"].Male, 0.5);
        float[] sound = FormantVoice.Render(tracks, new(0.6, 8, -40, 0, 0), 1, new SeededRandom("f0"), Rate);

        // A parabola through the correlation's peak resolves fractions of a sample: within 0.5 %.
        Assert.InRange(PitchMeter.At(sound, sound.Length / 2, Rate)!.Value, f0 * 0.995, f0 * 1.005);
    }

    [Fact]
    public void Clips_follow_their_f0_track()
    {
        foreach (string name in new[] { "F01", "M01" })
        {
            SyntheticSpeaker speaker = SyntheticSpeaker.Draw(name, 1);
            foreach (string emotion in EmotionProsody.Table.Keys)
            {
                SyntheticClip clip = SyntheticClip.Make(speaker, emotion, 2, 1);
                double[] errors = [..
                    from frame in Enumerable.Range(0, clip.Tracks.F0.Length)
                    where frame % 5 == 0 && clip.Tracks.Voicing[frame] > 0.9
                    let measured = PitchMeter.At(clip.Sound.Samples, frame * 32, Rate)
                    where measured is not null
                    select Math.Abs(12 * Math.Log2(measured.Value / clip.Tracks.F0[frame]))];
                Assert.True(errors.Length > 20, $"{name} {emotion}: {errors.Length} voiced frames");

                // The median error is at most half a semitone: 40 ms windows average contour and jitter; some frames have octave errors.
                Assert.InRange(errors.Order().ElementAt(errors.Length / 2), 0, 0.5);
            }
        }
    }

    [Fact]
    public void Tilt_takes_its_decibels_at_3_kHz()
    {
        double Level(double tilt, double hertz)
        {
            GlottalSource source = new(new(0.6, tilt, -200, 0, 0), new SeededRandom("tilt"), Rate);
            double sine = 0, cosine = 0;
            for (int n = 0; n < Rate; n++)
            {
                double x = source.Next(100, 1, 0);
                sine += x * Math.Sin(2 * Math.PI * hertz * n / Rate);
                cosine += x * Math.Cos(2 * Math.PI * hertz * n / Rate);
            }

            return 10 * Math.Log10(sine * sine + cosine * cosine);
        }

        // 3 kHz is the 30th harmonic. Only the first period is not steady, 1 % of the second that is measured.
        Assert.Equal(12, Level(0, 3000) - Level(12, 3000), 0.5);
        Assert.Equal(0, Level(0, 100) - Level(12, 100), 0.5);
    }

    [Fact]
    public void Names_give_numbers_of_their_own()
    {
        Assert.Equal(new SeededRandom("a").Uniform(), new SeededRandom("a").Uniform());
        Assert.NotEqual(new SeededRandom("a").Uniform(), new SeededRandom("b").Uniform());
        SeededRandom random = new("normal");
        double[] values = [.. Enumerable.Range(0, 20000).Select(_ => random.Normal())];

        // Five standard errors of the mean and of the variance of 20,000 draws.
        Assert.Equal(0, values.Average(), 0.036);
        Assert.Equal(1, values.Average(value => value * value), 0.05);
    }
}
