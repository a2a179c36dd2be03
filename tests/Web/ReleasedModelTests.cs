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
        Assert.SkipUnless(File.Exists(file), $"results/released/{name}.ser is not there: no model has been released yet");
        Assert.InRange(new FileInfo(file).Length, 1, 5_000_000);
        Assert.True(File.Exists(Path.Combine(folder, "README.md")), "the released models have no model card");
        using EmotionClassifier classifier = new(file);
        Assert.Equal(classes, classifier.Card.Classes.Count);
        Assert.InRange(classifier.Card.Threshold, 1.0 / classes, 1);
        Assert.Equal(1, classifier.Classify([Voice.Speech(2)])[0].Sum(), 1e-9);
    }
}
