using SpeechEmotion.Cli;
using SpeechEmotion.Configuration;
using SpeechEmotion.Labels;
using SpeechEmotion.Splits;
using SpeechEmotion.Training;
using static SpeechEmotion.Tests.MiniatureCorpus;

namespace SpeechEmotion.Tests;

[Collection("miniature")]
public class ReleaseTests(MiniatureCorpus corpus)
{
    /// <summary>`split.validation` says nothing about a saved split.</summary>
    [Theory]
    [InlineData(0.0, "0.15")]
    [InlineData(0.3, "0")]
    public void A_model_is_released_where_somebody_validated_whatever_the_config_says_beside_a_saved_split(double share, string said)
    {
        string folder = corpus.In($"saved-{share}"), file = folder + ".json";
        SpeechData data = SpeechData.Open(new DataOptions { Root = corpus.Data }, new Silence());
        SplitOptions sides = new() { Folds = 3, Validation = share };
        SplitFile.Write(file, SplitFactory.Create(sides, data.Select(LabelSets.Load("four")).Utterances, 1));
        (int code, _, string error) = Ser(
        [
            "compare", Path.Combine(Repository, "experiments", "quickstart", "study.yaml"), "--data", corpus.Data, "--out", folder,
            "--folds", "0", "--jobs", "1", .. Tiny, "--set", "models=[../../configs/models/mlp.yaml]", "--set", "labels=[four]",
            "--set", "train.select=last", "--set", $"split.file={file}", "--set", $"split.validation={said}",
        ]);
        Assert.True(code == App.Done, error);
        (code, _, error) = Ser("release", folder, "--labels", "four", "--out", corpus.In("saved-released"));
        Assert.True(code == (share > 0 ? App.Done : App.WrongInput), error);
        Assert.Equal(share == 0, error.Contains("has no validation speakers (split.validation)", StringComparison.Ordinal));
    }
}
