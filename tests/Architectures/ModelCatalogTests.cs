using SpeechEmotion.Architectures;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Architectures;

public class ModelCatalogTests
{
    private static readonly ModelShape Shape = new(101, 4);

    [Fact]
    public void Names_are_the_config_names() => Assert.Equal(
        ["mlp", "cnn", "lstm", "cnn_lstm", "parallel_cnn_lstm", "flat_mlp", "hierarchical_mlp", "feature_lstm", "rbf_network", "vgg"],
        ModelCatalog.Names);

    [Fact]
    public void Defaults_make_a_model_of_that_name()
    {
        using var scope = NewDisposeScope();
        Assert.All(ModelCatalog.Names, name =>
        {
            Assert.IsType(ModelCatalog.OptionsType(name), ModelCatalog.DefaultOptions(name));
            Assert.Equal(name, ModelCatalog.Create(name, null, Shape).GetName());
        });
    }

    [Fact]
    public void An_unknown_name_gets_those_there_are() => Assert.Equal(
        $"unknown model 'CNN'; known: {string.Join(", ", ModelCatalog.Names)}",
        Assert.Throws<ArgumentException>(() => ModelCatalog.Create("CNN", null, Shape)).Message);

    [Fact]
    public void Options_of_another_architecture_are_refused() => Assert.Contains(
        "takes CnnOptions", Assert.Throws<ArgumentException>(() => ModelCatalog.Create("cnn", new MlpOptions(), Shape)).Message);

    [Fact]
    public void Impossible_values_are_named_together()
    {
        var e = Assert.Throws<ArgumentException>(() =>
            ModelCatalog.Create("cnn", new CnnOptions { Channels = [8, 0], Dropout = 1.5 }, Shape));
        Assert.Contains("Channels", e.Message);
        Assert.Contains("Dropout", e.Message);
    }
}
