using SpeechEmotion.Architectures;
using SpeechEmotion.Cli;
using static SpeechEmotion.Tests.MiniatureCorpus;

namespace SpeechEmotion.Tests.Cli;

public sealed class DescribeTests
{
    public static TheoryData<string> Models => [.. ModelCatalog.Names];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_architecture_is_described(string model)
    {
        (int code, string output, string error) = Ser("describe", model);
        Assert.Equal((App.Done, ""), (code, error));
        Assert.StartsWith($"{model}: 188 frames of 64 values (3 s) to 4 classes", output, StringComparison.Ordinal);
        Assert.Matches(@"\| total +\| +\| +\| +[\d,]{5,} \| +[\d,]{6,} \|", output);
    }

    [Fact]
    public void A_config_file_and_overrides_shape_the_model()
    {
        using TestFolder folder = new();
        string file = folder["run.yaml"];
        File.WriteAllText(file, "features: {kind: mfcc, mfccs: 20, deltas: true}\nmodel: mlp\n");
        string output = Ser("describe", file, "--set", "model.hidden=[7]", "--set", "features.hop=160", "--classes", "8").Output;
        Assert.StartsWith("mlp: 301 frames of 60 values (3 s) to 8 classes", output, StringComparison.Ordinal);
        Assert.Contains(" 7 ", output, StringComparison.Ordinal);
        Assert.Contains("to 6 classes", Ser("describe", file, "--set", "data.labels=six").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error: cnnn is neither a config file nor one of MODELS; did you mean cnn?", "cnnn")]
    [InlineData("error: none.yaml: no such file", "none.yaml")]
    [InlineData(
        "error: --set train.epoch: unknown key; did you mean train.epochs?\nerror: --set seed: -1 is below 0",
        "cnn", "--set", "train.epoch=5", "--set", "seed=-1")]
    [InlineData("error: --classes 1: a classifier needs 2 or more", "cnn", "--classes", "1")]
    [InlineData(
        "error: model.name: 'hierarchical_mlp' tells four classes apart in two stages, not 6; "
        + "take labels of four classes (data.labels: four)",
        "hierarchical_mlp", "--classes", "6")]
    [InlineData(
        "error: model.pool_after: 5 pools leave nothing of 16 frames of 64 values; take fewer, or features.kind wave with hop 101",
        "vgg", "--set", "model.frames=16")]
    public void Wrong_input_is_code_2(string message, params string[] args)
    {
        (int code, string output, string error) = Ser(["describe", .. args]);
        message = message.Replace("MODELS", string.Join(", ", ModelCatalog.Names), StringComparison.Ordinal);
        Assert.Equal((App.WrongInput, "", message), (code, output, error.TrimEnd().ReplaceLineEndings("\n")));
    }
}
