using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Features;
using SpeechEmotion.Training;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public class AuxiliaryTaskTests
{
    private static readonly IReadOnlyList<AuxiliaryTask> Both = AuxiliaryTask.Named(["sex", "intensity"]);

    [Theory]
    [InlineData("ravdess", "03-01-05-01-02-01-07", "male", 1, 0)]
    [InlineData("ravdess", "03-01-05-02-01-02-08", "female", 0, 1)]
    [InlineData("ravdess", "03-01-01-01-02-02-24", "female", 0, 0)]
    [InlineData("savee", "DC_a01", "male", 1, AuxiliaryTask.Unknown)]
    [InlineData("tess", "OAF_back_angry", "female", 0, AuxiliaryTask.Unknown)]
    public void Sex_and_intensity_are_what_the_corpus_tells(string corpus, string id, string sex, long sexLabel, long intensityLabel)
    {
        Utterance utterance = new($"{corpus}/{id}", corpus, "", "", $"{corpus}/x", sex, "angry", 1, 16000);
        Assert.Equal([sexLabel, intensityLabel], Both.Select(t => t.Label(utterance)));
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    [InlineData("lstm")]
    [InlineData("cnn_lstm")]
    public void The_kept_model_gives_the_emotions_of_the_trained_one_and_nothing_else(string name)
    {
        ModelCard kept = Card(name), trained = AuxiliaryTask.Widen(kept, ["a", "b", "c", "further"], Both);
        Assert.Equal(["a", "b", "c", "further", "sex: female", "sex: male", "intensity: normal", "intensity: strong"], trained.Classes);
        manual_seed(3);
        using EmotionModel wide = trained.Build(), narrow = kept.Build();
        AuxiliaryTask.Copy(wide, narrow);

        using IDisposable off = no_grad();
        Tensor x = randn(2, 40, 16), lengths = tensor(new long[] { 40, 31 });
        // The same products in single precision, but in blocks of another width.
        Assert.True(wide.forward(x, lengths).narrow(1, 0, 3).allclose(narrow.forward(x, lengths), 1e-5, 1e-6));
    }

    /// <summary>Each task adds its weight times its loss over the clips with a known answer.</summary>
    [Fact]
    public void The_loss_is_the_emotions_and_a_share_of_each_tasks()
    {
        manual_seed(1);
        TrainOptions options = new() { Tasks = ["sex", "intensity"], TaskWeight = 0.25, LabelSmoothing = 0.1 };
        Tensor logits = randn(4, 3 + 4), emotions = tensor(new long[] { 0, 2, 1, 1 }), sex = tensor(new long[] { 1, 0, 0, 1 });
        Tensor intensity = tensor(new[] { AuxiliaryTask.Unknown, 1, AuxiliaryTask.Unknown, 0 });

        double emotion = new Loss(options with { Tasks = [] }, null).Of(logits.narrow(1, 0, 3), emotions).item<float>();
        double bySex = nn.functional.cross_entropy(logits.narrow(1, 3, 2), sex).item<float>();
        Tensor known = tensor(new long[] { 1, 3 });
        double byIntensity = nn.functional.cross_entropy(logits.narrow(1, 5, 2)[known], intensity[known]).item<float>();

        double ofAll = new Loss(options, null).Of(logits, column_stack(emotions, sex, intensity)).item<float>();
        Assert.Equal(emotion + (0.25 * (bySex + byIntensity)), ofAll, 1e-6);
        Tensor nobodyKnows = full_like(intensity, AuxiliaryTask.Unknown);
        double ofTwo = new Loss(options, null).Of(logits, column_stack(emotions, sex, nobodyKnows)).item<float>();
        Assert.Equal(emotion + (0.25 * bySex), ofTwo, 1e-6);
    }

    [Fact]
    public void A_batch_holds_each_clips_class_and_then_its_answers()
    {
        Feature clip = new([1], 1, 1);
        long[][] answers = [[0, 1], [1, AuxiliaryTask.Unknown], [0, 0]];
        using ClipSet clips = new([clip, clip, clip], [5, 6, 7], new Normaliser("none", [0f], [1f]), CPU, answers);
        Assert.Equal([7, 0, 0, 5, 0, 1], clips.Gather([2, 0]).Labels.data<long>().ToArray());
    }

    private static ModelCard Card(string name)
    {
        FeatureOptions features = new() { Mels = 16 };
        Normaliser untouched = new("none", new float[16], Enumerable.Repeat(1f, 16).ToArray());
        return new ModelCard(
            name, ModelCatalog.DefaultOptions(name), new ModelShape(16, 3), "own", ["a", "b", "c"], features, untouched);
    }
}
