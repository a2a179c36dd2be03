using SpeechEmotion.Audio.Synthesis;

namespace SpeechEmotion.Tests.Audio;

public class SynthesisProsodyTests
{
    private const int Takes = 3;

    private static readonly SyntheticSpeaker[] Speakers =
        [.. Enumerable.Range(1, 5).SelectMany(n => new[] { $"F0{n}", $"M0{n}" }).Select(name => SyntheticSpeaker.Draw(name, 1))];

    private static readonly Dictionary<string, SyntheticClip[]> Clips = EmotionProsody.Table.Keys.ToDictionary(
        emotion => emotion,
        emotion => (SyntheticClip[])[..
            from speaker in Speakers from take in Enumerable.Range(1, Takes) select SyntheticClip.Make(speaker, emotion, take, 1)]);

    [Fact]
    public void Anger_is_higher_louder_and_faster_than_sadness()
    {
        Assert.True(Mean("anger", Semitones) > Mean("sad", Semitones) + 3);
        Assert.True(Mean("anger", Decibels) > Mean("sad", Decibels) + 6);
        Assert.True(Mean("anger", Duration) < 0.9 * Mean("sad", Duration));
    }

    [Fact]
    public void Sadness_is_near_neutral_and_happiness_near_anger()
    {
        double Apart(string one, string other, Func<SyntheticClip, double> value) => Math.Abs(Mean(one, value) - Mean(other, value));
        foreach (Func<SyntheticClip, double> value in new[] { Semitones, Decibels })
        {
            Assert.True(Apart("happy", "anger", value) < Apart("happy", "neutral", value));
            Assert.True(Apart("sad", "neutral", value) < Apart("sad", "anger", value));
        }

        Assert.True(Mean("happy", Range) > Mean("neutral", Range));
        Assert.True(Mean("sad", Range) < Mean("neutral", Range));
    }

    /// <summary>Against a speaker's own neutral voice: over all speakers, a woman's voice is higher than any man's in every
    /// emotion.</summary>
    [Fact]
    public void Emotions_overlap()
    {
        Overlap("anger", "happy", Semitones);
        Overlap("sad", "neutral", Decibels);

        static void Overlap(string one, string other, Func<SyntheticClip, double> value)
        {
            double[] ones = Own(one), others = Own(other);
            Assert.True(ones.Min() < others.Max() && others.Min() < ones.Max());

            double[] Own(string emotion) =>
                [.. Clips[emotion].Chunk(Takes).Zip(Clips["neutral"].Chunk(Takes)).SelectMany(speaker =>
                    speaker.First.Select(clip => value(clip) - speaker.Second.Average(value)))];
        }
    }

    [Fact]
    public void Sound_is_clean()
    {
        foreach (SyntheticClip clip in Clips.Values.SelectMany(clips => clips))
        {
            float[] samples = clip.Sound.Samples;
            Assert.All(samples, sample => Assert.True(float.IsFinite(sample)));
            Assert.InRange(samples.Max(Math.Abs), 0.02, 0.99);
            Assert.InRange(samples.Average(), -0.001, 0.001);
            Assert.InRange(clip.Sound.Seconds, 0.8, 3.5);

            // Before the first sound there is the room's noise alone, and it is never digital silence.
            double room = samples.Take(800).Average(x => x * x);
            Assert.InRange(room, 1e-8, 0.05 * samples.Average(x => x * x));
        }
    }

    [Fact]
    public void Women_are_higher_than_men() =>
        Assert.True(Speakers.Where(s => s.Female).Min(s => s.F0) > Speakers.Where(s => !s.Female).Max(s => s.F0));

    [Fact]
    public void Neutral_is_zero_and_rows_scale()
    {
        Assert.Equal(EmotionProsody.Neutral, EmotionProsody.Table["sad"].Scale(0));
        Assert.Equal(EmotionProsody.Table["sad"], EmotionProsody.Table["sad"].Scale(1));
        Assert.Equal(EmotionProsody.Table["happy"], EmotionProsody.Neutral.Add(EmotionProsody.Table["happy"]));
        Assert.Equal(["anger", "happy", "neutral", "sad", "fear", "disgust"], EmotionProsody.Table.Keys);
    }

    private static double Mean(string emotion, Func<SyntheticClip, double> value) => Clips[emotion].Average(value);

    private static IEnumerable<double> Voiced(SyntheticClip clip) =>
        clip.Tracks.F0.Where((_, frame) => clip.Tracks.Voicing[frame] > 0.5).Select(f0 => 12 * Math.Log2(f0 / 100));

    private static double Semitones(SyntheticClip clip) => Voiced(clip).Average();

    private static double Range(SyntheticClip clip)
    {
        double[] ordered = [.. Voiced(clip).Order()];
        return ordered[^(ordered.Length / 10)] - ordered[ordered.Length / 10];
    }

    private static double Decibels(SyntheticClip clip) => 10 * Math.Log10(clip.Sound.Samples.Average(x => x * x));

    private static double Duration(SyntheticClip clip) => clip.Sound.Seconds;
}
