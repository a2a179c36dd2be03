using SpeechEmotion.Architectures;
using SpeechEmotion.Audio;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Features;
using SpeechEmotion.Reporting;
using SpeechEmotion.Studies;
using SpeechEmotion.Training;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Web;

public class ReleasedModelTests
{
    [Theory]
    [InlineData("four", 4)]
    [InlineData("six", 6)]
    public void A_released_model_is_small_described_calibrated_and_answers(string name, int classes)
    {
        string folder = Path.Combine(MiniatureCorpus.Repository, "results", "released"), file = Path.Combine(folder, $"{name}.ser");
        Assert.InRange(new FileInfo(file).Length, 1, 5_000_000);
        Assert.True(File.Exists(Path.Combine(folder, "README.md")), "the released models have no model card");
        using EmotionClassifier classifier = new(file);
        Assert.Equal(classes, classifier.Card.Classes.Count);
        Assert.InRange(classifier.Card.Threshold, 1.0 / classes, 1);
        Assert.Equal(1, classifier.Classify([Voice.Speech(2)])[0].Sum(), 1e-9);
    }

    /// <summary>The released models answer without libtorch, and as the network of their checkpoint does, with any normalisation.</summary>
    [Theory]
    [InlineData("four", null)]
    [InlineData("six", null)]
    [InlineData("four", "clip_mean")]
    public void A_released_model_answers_as_its_network_does(string name, string? normalise)
    {
        using TestFolder folder = new();
        string released = Path.Combine(MiniatureCorpus.Repository, "results", "released", $"{name}.ser");
        (ModelCard card, EmotionModel network) = Checkpoint.ReadModel(released);
        using EmotionModel owned = network;
        card = card with { Normaliser = card.Normaliser with { Kind = normalise ?? card.Normaliser.Kind } };
        Checkpoint.Write(folder["model.ser"], card, network);
        Waveform[] waves = [Voice.Speech(2), Voice.Speech(1, "sad", 2)];

        using FeatureExtractor extractor = new(card.Features, CPU);
        using ClipSet clips = new(extractor.Extract(waves), [0, 0], card.Normaliser, CPU);
        IReadOnlyList<float[]> logits = Predictor.Logits(network, clips, 2);
        using EmotionClassifier classifier = new(folder["model.ser"]);
        Assert.All(logits.Zip(classifier.Classify(waves)), pair => Assert.All(
            // 1e-4: the network computes squared distances of several hundred as differences of larger squares, in single precision.
            Predictor.Softmax(pair.First, card.Temperature).Zip(pair.Second), p => Assert.Equal(p.First, p.Second, 1e-4)));
        Assert.NotEqual(logits[0], logits[1]);
    }

    /// <summary>A card's words and figures follow from the predictions that are kept beside it.</summary>
    [Theory]
    [InlineData("four")]
    [InlineData("six")]
    public void The_card_of_a_released_model_is_what_its_study_says(string labels)
    {
        string released = Path.Combine(MiniatureCorpus.Repository, "results", "released");
        (ModelCard model, EmotionModel network) = Checkpoint.ReadModel(Path.Combine(released, $"{labels}.ser"));
        using EmotionModel owned = network;
        ReleaseRecipe recipe = ReleaseRecipe.Choose(new StudyFolder(Path.Combine(released, "study")), labels, "robust");
        ReleaseScores scores = recipe.Score();
        Assert.Equal(scores.Temperature, model.Temperature);

        // Of the further run that gave the weights, only commit and epoch are told; they are those of the study's runs.
        RunResult run = recipe.Runs.Single(run => run.Fold == 4);
        ReleaseFacts facts = new(
            run, recipe.Runs.Count, recipe.Architectures, true, scores, model.Threshold, ["ravdess", "savee", "tess"],
            ((RbfNetwork)network).Held, true, run.Facts);
        Assert.Equal(ReleaseCard.Of(facts), File.ReadAllText(Path.Combine(released, $"{labels}.md")));
    }
}
