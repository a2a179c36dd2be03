using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Features;
using SpeechEmotion.Splits;
using SpeechEmotion.Training;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public sealed class SidesTests : CacheFolder
{
    /// <summary>Each clip has another length, which tells whose copies are whose.</summary>
    [Fact]
    public void After_the_training_clips_come_the_altered_copies_of_each_and_another_seed_makes_others()
    {
        using Sides sides = Open(1), others = Open(2);
        for (int clip = 0; clip < 3; clip++)
        {
            Batch batch = sides.Train.Clips.Gather([clip, 3 + (2 * clip), 4 + (2 * clip)]);
            Assert.Equal([clip, clip, clip], batch.Labels.data<long>().ToArray());
            Assert.Single(batch.Lengths.data<long>().ToArray().Distinct());
            Assert.Equal(3, Enumerable.Range(0, 3).Select(row => batch.Features[row].sum().item<float>()).Distinct().Count());
        }

        Assert.Equal(Values(sides, 0), Values(others, 0));
        Assert.NotEqual(Values(sides, 3), Values(others, 3));
    }

    private Sides Open(int seed)
    {
        Manifest manifest = Clips(4);
        AugmentOptions augment = new() { Copies = 2, NoiseDb = 10 };
        return Sides.Open(
            new RunConfig { Features = Small, Augment = augment, Seed = seed },
            new SpeechData(manifest, false, new FeatureCache(Cache)),
            new Split("own", true, ["c/0", "c/1", "c/2"], [], ["c/3"]),
            manifest.Utterances,
            manifest.Utterances.Select((u, i) => (u.Key, i)).ToDictionary(),
            CPU, new Silence());
    }

    private static float[] Values(Sides sides, int clip) => sides.Train.Clips.Gather([clip]).Features.data<float>().ToArray();
}
