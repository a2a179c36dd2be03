using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;

namespace SpeechEmotion.Tests.Configuration;

public sealed class ConfigWriterTests : IDisposable
{
    private readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Models => [.. ModelCatalog.Names];

    [Theory]
    [MemberData(nameof(Models))]
    public void What_is_written_reads_back_equal(string model)
    {
        string given = $"model: {model}\n"
            + "data: {root: 'C:\\a \"b\" # null', corpora: [tess, \"x: y\", null, 'true']}\n"
            + "train: {learning_rate: 1.2345678901234567e-5}\n";
        RunConfig run = _folder.Read(given.Replace("null,", "'null',", StringComparison.Ordinal));
        string yaml = ConfigWriter.ToYaml(run);
        RunConfig back = _folder.Read(yaml);
        Assert.Equal(yaml, ConfigWriter.ToYaml(back));
        Assert.Equivalent(run, back, strict: true);
        Assert.Equal(run with { Data = back.Data, Model = back.Model, Train = run.Train with { Tasks = back.Train.Tasks } }, back);
        Assert.Equal(run.Data.Corpora, back.Data.Corpora);
    }

    [Fact]
    public void The_base_config_differs_from_the_programs_own_defaults_where_it_says_so()
    {
        string[] given = Lines(MiniatureCorpus.Config("base.yaml")), own = Lines();
        Assert.Equal(["  patience: 8", "  gain_db: 6", "  frequency_mask: 8", "  time_mask: 16"], given.Except(own));
        Assert.Equal(["  patience: 10", "  gain_db: 0", "  frequency_mask: 0", "  time_mask: 0"], own.Except(given));

        static string[] Lines(params string[] files) => ConfigWriter.ToYaml(ConfigReader.ReadRun(files, [])).Split('\n');
    }

    [Fact]
    public void Control_characters_survive()
    {
        RunConfig run = new() { Data = new() { Root = "a\tb\nc\u0001é" } };
        Assert.Equal(run.Data.Root, _folder.Read(ConfigWriter.ToYaml(run)).Data.Root);
    }

    [Fact]
    public void The_hash_follows_the_question_and_not_the_machine()
    {
        RunConfig run = ConfigReader.ReadRun([], []);
        Assert.Equal(ConfigHash.Of(run), ConfigHash.Of(run with { Device = "cuda", Threads = 3 }));
        Assert.Equal(ConfigHash.Of(run), ConfigHash.Of(run with { Model = new ModelOptions("cnn", null) }));
        RunConfig here = run with { Data = run.Data with { Root = "here" } };
        Assert.Equal(ConfigHash.Of(here), ConfigHash.Of(run with { Data = run.Data with { Root = "there" } }));
        Assert.NotEqual(ConfigHash.Of(here), ConfigHash.Of(run with { Data = run.Data with { Root = null } }));
        Assert.NotEqual(ConfigHash.Of(run), ConfigHash.Of(run with { Seed = 2 }));
        Assert.NotEqual(ConfigHash.Of(run), ConfigHash.Of(run with { Data = run.Data with { Corpora = ["tess"] } }));
        Assert.Matches("^[0-9a-f]{64}$", ConfigHash.Of(run));

        // Under data there is a line `labels: four` already; the same line under train is a difference nonetheless.
        RunConfig four = run with { Data = run.Data with { Labels = "four" } };
        Assert.Equal(["train.labels: four"], ConfigHash.Differences(four with { Train = four.Train with { Labels = "four" } }, four));
        Assert.Equal(["--data given", "seed: 2"], ConfigHash.Differences(here with { Seed = 2 }, run));
        Assert.Equal(["--data not given"], ConfigHash.Differences(run, here));
        Assert.Empty(ConfigHash.Differences(four, four with { Threads = 3 }));
    }
}
