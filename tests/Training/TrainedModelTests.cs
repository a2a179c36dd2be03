using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Features;
using SpeechEmotion.Labels;
using SpeechEmotion.Training;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public sealed class TrainedModelTests : CacheFolder
{
    [Fact]
    public void Answers_are_as_sure_as_the_cards_temperature_makes_them() =>
        Assert.All(Score(1).Zip(Score(2)), pair => Assert.Equal(
            Calibration.Scale(pair.First, 2), pair.Second, (a, b) => Math.Abs(a - b) < 1e-12)); // double precision

    [Fact]
    public void Another_seed_alters_sound_otherwise()
    {
        Alteration noise = Alteration.Read(["noise_db=10"], "--alter");
        Assert.Equal(Score(1, seed: 1), Score(1, seed: 2));
        Assert.NotEqual(Score(1, noise, seed: 1), Score(1, noise, seed: 2));
    }

    /// <summary>The probabilities that one network gives two clips.</summary>
    private IReadOnlyList<IReadOnlyList<double>> Score(double temperature, Alteration? alteration = null, int seed = 1)
    {
        string path = Path.Combine(Folder.FullName, "model.ser");
        Normaliser normaliser = new("clip", new float[16], [.. Enumerable.Repeat(1f, 16)]);
        ModelCard card = new("mlp", new MlpOptions(), new ModelShape(16, 2), "own", ["a", "b"], Small, normaliser, temperature);
        manual_seed(1);
        using EmotionModel model = card.Build();
        Checkpoint.Write(path, card, model);

        LabelSet labels = new("own", card.Classes, new Dictionary<string, IReadOnlyDictionary<string, string>>());
        using TrainedModel trained = new(path, labels, new RunConfig { Device = "cpu", Threads = 1, Seed = seed });
        Manifest manifest = Clips(2);
        IReadOnlyList<Prediction> rows = trained.Score(
            new SpeechData(manifest, false, new FeatureCache(Cache)),
            manifest.Utterances, manifest.Utterances.ToDictionary(u => u.Key, _ => 0), alteration, new Silence());
        return [.. rows.Select(row => row.Probabilities)];
    }
}
