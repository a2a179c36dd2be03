using System.Text.RegularExpressions;
using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;

namespace SpeechEmotion.Tests.Configuration;

public sealed class ConfigReaderTests : IDisposable
{
    private readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("train:\nmodel:\n")]
    public void An_empty_file_gives_the_defaults(string yaml)
    {
        RunConfig run = _folder.Read(yaml);
        Assert.Equal(new RunConfig() with { Model = run.Model }, run);
        Assert.Equal("cnn", run.Model.Name);
        Assert.NotNull(run.Model.Options);
    }

    [Fact]
    public void Values_of_every_kind_are_read()
    {
        RunConfig run = _folder.Read("""
            data: {root: "/data/a b", corpora: [ravdess, savee], labels: 4}
            train: {learning_rate: 1e-4, tf32: true, epochs: "7"}
            features: {min_hz: 50}
            device: cuda:1
            """);
        Assert.Equal("/data/a b", run.Data.Root);
        Assert.Equal(["ravdess", "savee"], run.Data.Corpora);
        Assert.Equal("4", run.Data.Labels);
        Assert.Equal((1e-4, true, 7), (run.Train.LearningRate, run.Train.Tf32, run.Train.Epochs));
        Assert.Equal(50, run.Features.MinHz);
        Assert.Equal("cuda:1", run.Device);
    }

    [Fact]
    public void Later_files_and_overrides_win_key_by_key()
    {
        string first = _folder.Write("a.yaml", "train: {epochs: 1, patience: 2}\nseed: 3\n");
        string second = _folder.Write("b.yaml", "train: {epochs: 4}\n");
        RunConfig run = ConfigReader.ReadRun(
            [first, second], ["seed=9", "data.corpora=[tess, savee]", "data.root=", "train.clip_norm=0.5"]);
        Assert.Equal((4, 2, 0.5, 9), (run.Train.Epochs, run.Train.Patience, run.Train.ClipNorm, run.Seed));
        Assert.Equal(["tess", "savee"], run.Data.Corpora);
        Assert.Null(run.Data.Root);
    }

    [Fact]
    public void A_base_lies_below_all_files_that_are_named()
    {
        _folder.Write("base.yaml", "train: {epochs: 1, patience: 1}\nseed: 1\n");
        string own = _folder.Write("own.yaml", "train: {epochs: 2}\n");
        string model = _folder.Write("models/m.yaml", "base: ../base.yaml\nseed: 5\n");
        RunConfig run = ConfigReader.ReadRun([own, model], []);
        Assert.Equal((2, 1, 5), (run.Train.Epochs, run.Train.Patience, run.Seed));
    }

    [Fact]
    public void Another_architecture_drops_the_former_ones_options()
    {
        string file = _folder.Write("a.yaml", "model: {name: cnn, dropout: 0.7}\n");
        double its = new MlpOptions().Dropout;
        Assert.Equal(0.7, Dropout("model=cnn"));
        Assert.Equal(its, Dropout("model=mlp"));
        Assert.Equal(0.6, Dropout("model.name=mlp", "model.dropout=0.6"));
        Assert.Equal(its, Dropout("model.dropout=0.6", "model.name=mlp")); // set before the name, so dropped with the former options

        double Dropout(params string[] overrides)
        {
            object options = ConfigReader.ReadRun([file], overrides).Model.Options!;
            return (double)options.GetType().GetProperty("Dropout")!.GetValue(options)!;
        }
    }

    [Fact]
    public void A_saved_split_may_have_validation_speakers_whatever_their_share_is_here()
    {
        const string Yaml = "split: {validation: 0, scored: validation}\ntrain: {select: last, patience: 0}\n";
        Assert.Equal("run.yaml:1: split.scored: a split without validation has nothing to score", _folder.Error(Yaml));
        Assert.Equal("saved.json", _folder.Read(Yaml, "split.file=saved.json").Split.File);
    }

    [Fact]
    public void The_shipped_base_holds_every_key_and_is_valid()
    {
        string path = Shipped.Find("base.yaml")!;
        RunConfig run = ConfigReader.ReadRun([path], []);
        IEnumerable<string> keys = Keys(ConfigWriter.ToYaml(run))
            .Where(key => key == "model.name" || !key.StartsWith("model.", StringComparison.Ordinal)); // model options are in other files
        Assert.Empty(keys.Except(Keys(File.ReadAllText(path))));
        Assert.Equal(
            (16000, 512, 256, 64, 40.0),
            (run.Features.SampleRate, run.Features.FftSize, run.Features.Hop, run.Features.Mels, run.Features.TrimDb));
    }

    /// <summary>Top-level keys, and the keys of a section as `section.key`.</summary>
    private static IEnumerable<string> Keys(string yaml)
    {
        string section = "";
        foreach (Match line in Regex.Matches(yaml, @"^(  )?(\w+):", RegexOptions.Multiline))
        {
            string key = line.Groups[2].Value;
            section = line.Groups[1].Success ? section : key;
            yield return line.Groups[1].Success ? $"{section}.{key}" : key;
        }
    }
}
