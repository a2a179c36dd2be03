using System.Security.Cryptography;
using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Labels;
using SpeechEmotion.Splits;
using SpeechEmotion.Training;

namespace SpeechEmotion.Tests;

/// <summary>Normalisation, altered copies and weights come from training clips alone: with other sound in the test clips, or in the
/// validation clips, they are the same bit for bit.</summary>
[Collection("small study")]
public sealed class TrainingRowsTests(SmallStudy study)
{
    /// <summary>Gain and warp are in normalised units, and so hang on the normalisation. Speakers are each normalised by their own clips,
    /// so that what validates is changed by validation sound, and nothing else.</summary>
    [Theory]
    [InlineData("global")]
    [InlineData("speaker")]
    public void Other_sound_outside_of_the_training_set_changes_nothing_that_training_makes(string normalise)
    {
        using WithVariable cache = new("SER_CACHE", study.In("rows-cache"));
        string[] copies = normalise == "global" ? ["augment.copies=1", "augment.noise_db=10"] : [];
        RunConfig config = ConfigReader.ReadRun(
            [MiniatureCorpus.Config("base.yaml"), MiniatureCorpus.Config("models/mlp.yaml")],
            [
                $"data.root={study.Data}", "threads=1", "device=cpu", "features.mels=8", "split.folds=3", "train.epochs=2",
                "train.batch_size=8", "train.patience=0", "augment.mixup=0.2", $"train.normalise={normalise}", .. copies,
            ]);
        SpeechData data = SpeechData.Open(config.Data, new Silence());
        Split split = SplitFactory.Create(config.Split, data.Select(LabelSets.Load("four")).Utterances, config.Seed);
        RunFolder plain = Run(config, data, $"{normalise}-plain");
        RunFolder test = Run(config, Spoil(data, split.Test), $"{normalise}-test");
        RunFolder validation = Run(config, Spoil(data, split.Validation), $"{normalise}-validation");

        // The card with its normalisation, and the weights of the epoch that validation chose.
        Assert.Equal(File.ReadAllBytes(plain.Best), File.ReadAllBytes(test.Best));
        Assert.Equal(File.ReadAllText(plain.Validation), File.ReadAllText(test.Validation));
        Assert.NotEqual(File.ReadAllText(plain.Predictions), File.ReadAllText(test.Predictions));

        Assert.Equal(Weights(plain.Last), Weights(validation.Last));
        Assert.Equal(Checkpoint.ReadCard(plain.Last).ToJson(), Checkpoint.ReadCard(validation.Last).ToJson());
        Assert.NotEqual(File.ReadAllText(plain.Validation), File.ReadAllText(validation.Validation));
    }

    private RunFolder Run(RunConfig config, SpeechData data, string name)
    {
        RunFolder folder = new(study.In($"rows-{name}"));
        new Runner(data, new Silence()).Run(config, folder, resume: false, CancellationToken.None);
        return folder;
    }

    private static float[] Weights(string checkpoint)
    {
        (_, SpeechEmotion.Architectures.EmotionModel model) = Checkpoint.ReadModel(checkpoint);
        using SpeechEmotion.Architectures.EmotionModel owned = model;
        return [.. model.state_dict().Values.SelectMany(t => t.data<float>().ToArray())];
    }

    /// <summary>Replaces the sound of some clips by noise.</summary>
    private SpeechData Spoil(SpeechData data, IReadOnlyList<string> keys)
    {
        Random random = new(3);
        Utterance Noise(Utterance utterance)
        {
            string path = study.In($"noise/{utterance.Key.Replace('/', '-')}.wav");
            float[] noise = [.. Enumerable.Range(0, 20000).Select(_ => (float)(random.NextDouble() - 0.5))];
            SpeechEmotion.Audio.WavWriter.Write(path, noise, 16000);
            string sum = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
            return utterance with { Path = path, Sha256 = sum, Sound = sum };
        }

        HashSet<string> spoilt = [.. keys];
        IReadOnlyList<Utterance> utterances = [.. data.Manifest.Utterances.Select(u => spoilt.Contains(u.Key) ? Noise(u) : u)];
        return new SpeechData(data.Manifest with { Utterances = utterances }, data.Synthetic, data.Cache);
    }
}
