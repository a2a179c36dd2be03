using SpeechEmotion.Features;
using SpeechEmotion.Training;

namespace SpeechEmotion.Tests;

public class SpeakerNormaliserTests
{
    [Fact]
    public void Each_speakers_frames_get_mean_0_and_deviation_1_and_the_order_among_them_stays()
    {
        Random random = new(1);
        Dictionary<string, Feature> clips = Enumerable.Range(0, 12).ToDictionary(i => $"{"ab"[i % 2]}{i}", i => new Feature(
            [.. Enumerable.Range(0, (5 + i) * 2).Select(_ => (float)(random.NextDouble() * (i % 2 + 1) + 10 * (i % 2)))], 5 + i, 2));

        (IReadOnlyDictionary<string, Feature> features, Normaliser kept) = Normaliser.BySpeaker(clips, key => key[..1], clips.Keys);

        foreach (IGrouping<char, string> speaker in clips.Keys.GroupBy(key => key[0]))
        {
            for (int f = 0; f < 2; f++)
            {
                double[] before = [.. speaker.SelectMany(key => Column(clips[key], f))];
                double[] after = [.. speaker.SelectMany(key => Column(features[key], f))];
                // 1e-5: single precision over some hundred values.
                Assert.Equal(0, after.Average(), 1e-5);
                Assert.Equal(1, after.Average(v => v * v), 1e-5);
                Assert.Equal(
                    before.Select((v, i) => (v, i)).OrderBy(p => p.v).Select(p => p.i),
                    after.Select((v, i) => (v, i)).OrderBy(p => p.v).Select(p => p.i));
            }
        }

        // The normaliser that the model keeps leaves features as they are, and its deviation is typical of a speaker's frames: between
        // those of a (some 0.3) and of b (twice that).
        Feature one = features["a0"];
        Assert.Equal(one.Values, kept.Apply(one));
        Assert.All(kept.Deviation, d => Assert.InRange(d, 0.3f, 0.6f));

        // Where only a trains, it is that of a's frames.
        Normaliser ofA = Normaliser.BySpeaker(clips, key => key[..1], ["a0"]).Normaliser;
        Feature[] own = [.. clips.Where(clip => clip.Key[0] == 'a').Select(clip => clip.Value)];
        Assert.Equal(Normaliser.Fit("global", own).Deviation, ofA.Deviation);
        static IEnumerable<double> Column(Feature clip, int f) => clip.Values.Where((_, i) => i % 2 == f).Select(v => (double)v);
    }
}
