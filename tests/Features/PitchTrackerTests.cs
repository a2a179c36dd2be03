using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Synthesis;
using SpeechEmotion.Features;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public class PitchTrackerTests
{
    private const int Rate = 16000, Hop = 256;

    private static Voice[] Track(float[] clip, int rate = Rate) => new PitchTracker(rate, Hop).Of(clip);

    [Theory]
    [InlineData(70)]
    [InlineData(123.4)]
    [InlineData(220)]
    [InlineData(341.7)]
    [InlineData(560)]
    public void A_tone_has_its_own_pitch(double hertz)
    {
        // 0.5 %: a parabola places the peaks of the autocorrelation between samples. A tenth of a semitone is 0.6 %.
        Assert.All(Track(Tone.Sine(hertz, Rate, 16000)), voice =>
        {
            Assert.InRange(voice.Hertz, hertz * 0.995, hertz * 1.005);
            Assert.InRange(voice.Strength, 0.99, 1);
        });
        Assert.All(Track(Tone.Sine(hertz, 8000, 8000), 8000), voice => Assert.InRange(voice.Hertz, hertz * 0.99, hertz * 1.01));
    }

    [Theory]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(300)]
    public void Harmonics_without_the_fundamental_have_its_pitch(double hertz)
    {
        float[] clip = [.. Enumerable.Range(0, 8000).Select(
            i => (float)Enumerable.Range(2, 7).Sum(k => Math.Sin(2 * Math.PI * k * hertz * i / Rate + k) / k))];
        Assert.All(Track(clip), voice => Assert.InRange(voice.Hertz, hertz * 0.995, hertz * 1.005));
    }

    [Theory]
    [InlineData(100, 730, 1090)]
    [InlineData(150, 270, 2290)]
    [InlineData(240, 850, 1220)]
    public void A_vowel_of_the_synthetic_voice_has_the_pitch_that_it_was_asked_for(double hertz, double first, double second)
    {
        float[] clip = FormantVoice.Render(
            Tone.Vowel(hertz, [first, second, 2800], 0.6), new VoiceQuality(0.6, 8, -40, 0, 0), 1, new SeededRandom("pitch"), Rate);
        // The first and last tenth of a second fade in and out.
        Assert.All(Track(clip)[8..^8], voice => Assert.InRange(voice.Hertz, hertz * 0.99, hertz * 1.01));
    }

    [Fact]
    public void A_glide_is_followed()
    {
        double phase = 0;
        float[] clip = [.. Enumerable.Range(0, 16000).Select(i =>
        {
            phase += 2 * Math.PI * Hertz(i) / Rate;
            return (float)(Math.Sin(phase) + 0.5 * Math.Sin(2 * phase) + 0.3 * Math.Sin(3 * phase));
        })];
        Voice[] voices = Track(clip);
        for (int t = 3; t < voices.Length - 3; t++)
        {
            // The pitch rises by an octave per second, 5 % within a window; the tracker gives the pitch at the window's middle.
            Assert.InRange(voices[t].Hertz / Hertz(t * Hop), 0.99, 1.01);
        }

        static double Hertz(int sample) => 120 * Math.Pow(2, sample / 16000.0);
    }

    [Fact]
    public void Noise_and_silence_have_no_voice_and_nothing_is_not_a_number()
    {
        Random random = new(1);
        float[] noise = [.. Enumerable.Range(0, 16000).Select(_ => (float)(random.NextDouble() - 0.5))];
        Voice[] voices = Track(noise);
        // White noise sometimes crosses the voicing threshold, in Praat too.
        Assert.InRange(voices.Count(v => v.Hertz > 0), 0, voices.Length / 10);
        Assert.InRange(voices.Average(v => v.Strength), 0, 0.45);
        Assert.All(Track(new float[8000]), v => Assert.Equal(new Voice(0, 0, -100), v));
        foreach (int samples in new[] { 0, 1, 255, 256, 700, 769 })
        {
            Voice[] few = Track(noise[..samples]);
            Assert.Equal(1 + samples / Hop, few.Length);
            Assert.All(few, v => Assert.True(double.IsFinite(v.Hertz + v.Strength + v.Decibel)));
        }
    }

    [Fact]
    public void Loudness_moves_the_level_and_nothing_else()
    {
        float[] clip = TestSound.Make(12000).Samples;
        Voice[] soft = Track([.. clip.Select(s => s / 64)]), loud = Track(clip);
        foreach ((Voice a, Voice b) in soft.Zip(loud))
        {
            // Scaling by a power of two changes no digit of a float; 0.01 dB allows for the power floor of silence.
            Assert.Equal(b.Hertz, a.Hertz, 1e-3);
            if (a.Decibel > -99)
            {
                Assert.Equal(b.Decibel - 20 * Math.Log10(64), a.Decibel, 0.01);
                Assert.Equal(b.Strength, a.Strength, 1e-3);
            }
        }
    }

    [Fact]
    public void Tracks_stand_after_the_bands_and_pitch_goes_on_through_what_has_no_voice()
    {
        // A tone, silence, a tone an octave higher.
        float[] clip = [.. Tone.Sine(150, Rate, 8000), .. new float[8000], .. Tone.Sine(300, Rate, 8000)];
        FeatureOptions front = new() { TrimDb = 0 };
        using FeatureExtractor without = new(front, CPU), with = new(front with { Prosody = true }, CPU);
        Feature bands = without.Extract([new Waveform(clip, Rate)])[0], all = with.Extract([new Waveform(clip, Rate)])[0];
        Assert.Equal((bands.Frames, 67), (all.Frames, all.Width));
        for (int t = 0; t < bands.Frames; t++)
        {
            Assert.Equal(bands.Values[(t * 64)..(t * 64 + 64)], all.Values[(t * 67)..(t * 67 + 64)]);
        }

        float[] pitch = [.. Enumerable.Range(0, all.Frames).Select(t => all.Values[t * 67 + 64 + Prosody.Pitch])];
        Assert.Equal(Math.Log2(150), pitch[5], 0.01);
        Assert.Equal(Math.Log2(300), pitch[^5], 0.01);
        Assert.All(pitch.Zip(pitch.Skip(1)), pair => Assert.True(pair.Second - pair.First is > -0.01f and < 0.1f));
        Assert.InRange(pitch[all.Frames / 2], Math.Log2(150) + 0.3, Math.Log2(150) + 0.7);
        Assert.Equal(-80, all.Values[(all.Frames / 2) * 67 + 64 + Prosody.Level] - all.Values[5 * 67 + 64 + Prosody.Level], 0.5);
    }

    [Fact]
    public void Deltas_and_mfcc_take_the_tracks_along()
    {
        FeatureOptions front = new() { Kind = "mfcc", Mfccs = 13, Deltas = true, Prosody = true };
        using FeatureExtractor extractor = new(front, CPU);
        Feature feature = extractor.Extract([TestSound.Make(9001)])[0];
        Assert.Equal((48, 48), (front.Width, feature.Width));
        Assert.All(feature.Values, v => Assert.True(float.IsFinite(v)));
    }

    [Fact]
    public void Actors_speak_where_men_and_women_do()
    {
        Dictionary<bool, List<double>> medians = new() { [true] = [], [false] = [] };
        foreach (string file in PublishedRows.ClipsOrSkip("ravdess"))
        {
            Waveform wave = AudioFile.Read(file);
            float[] clip = Resampler.Resample(wave.Samples, wave.SampleRate, Rate);
            double[] voiced = [.. Track(clip).Where(v => v.Hertz > 0).Select(v => v.Hertz).Order()];
            // The sentence takes about 1.5 s of a recording of about 4 s.
            Assert.InRange(voiced.Length / (double)(1 + clip.Length / Hop), 0.05, 0.8);
            bool male = int.Parse(Path.GetFileNameWithoutExtension(file)[^2..]) % 2 == 1;
            medians[male].Add(voiced[voiced.Length / 2]);
        }

        // Acted speech is livelier than read speech (about 120 Hz for men, 210 Hz for women); over all 1,440 clips the medians are 147 and
        // 243 Hz.
        double men = medians[true].Order().ElementAt(medians[true].Count / 2);
        double women = medians[false].Order().ElementAt(medians[false].Count / 2);
        Assert.InRange(men, 95, 200);
        Assert.InRange(women, 180, 300);
    }
}
