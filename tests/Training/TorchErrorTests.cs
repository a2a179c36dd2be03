using System.Runtime.InteropServices;
using SpeechEmotion.Configuration;
using SpeechEmotion.Studies;
using SpeechEmotion.Training;
using static SpeechEmotion.Tests.MiniatureCorpus;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

[Collection("miniature")]
public class TorchErrorTests(MiniatureCorpus corpus)
{
    [Fact]
    public void What_libtorch_says_is_told_without_its_frames()
    {
        ExternalException error = Assert.Throws<ExternalException>(() => zeros(1L << 60));
        Assert.Contains("frame #", error.Message, StringComparison.Ordinal);
        Assert.True(TorchError.Is(error));
        Assert.False(TorchError.Is(new System.ComponentModel.Win32Exception(2)));
        string line = TorchError.Line(error);
        Assert.Contains("you tried to allocate 4611686018427387904 bytes", line, StringComparison.Ordinal);
        Assert.DoesNotContain("frame #", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }

    /// <summary>So that a study goes on with its other runs.</summary>
    [Fact]
    public void A_run_that_finds_no_memory_fails_alone()
    {
        RunConfig config = ConfigReader.ReadRun(
            [Config("base.yaml"), Config("models/mlp.yaml")],
            [$"data.root={corpus.Data}", "threads=1", "features.mels=16", "split.folds=3", "train.epochs=2"]);
        RunFolder folder = new(corpus.In("no-memory"));
        Silence listener = new(_ => zeros(1L << 60));
        RunFailedException failure = Assert.Throws<RunFailedException>(() =>
            new Runner(SpeechData.Open(config.Data, listener), listener).Run(config, folder, resume: false, CancellationToken.None));
        Assert.StartsWith($"{folder.Path}: libtorch: ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "; a smaller train.batch_size needs less, and fewer --jobs leave more to each run", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Scoring a finished run under a condition needs memory too, which other runs may hold.</summary>
    [Fact]
    public void A_run_whose_condition_finds_no_memory_fails_alone()
    {
        string file = Path.Combine(Repository, "experiments", "quickstart", "study.yaml"), folder = corpus.In("no-memory-condition");
        string[] set =
        [
            $"data.root={corpus.Data}", "models=[../search/models/kernel.yaml]", "labels=[four]", "folds=[0]", "seeds=[1]", "threads=1",
        ];
        StudyRun run = StudyRun.All(Study.Read(file, set), folder)[0];
        SpeechData data = SpeechData.Open(run.Config.Data, new Silence());
        Assert.True(new StudyRunner(data, new Silence()).TryRun(run, "", CancellationToken.None));

        StudyRun noisy = StudyRun.All(Study.Read(file, [.. set, "conditions=[{name: noise, alter: [noise_db=1]}]"]), folder)[0];
        Silence full = new(progress: () => zeros(1L << 60));
        RunFailedException failure = Assert.Throws<RunFailedException>(() =>
            new StudyRunner(data, full).TryRun(noisy, "", CancellationToken.None));
        Assert.StartsWith($"{run.Folder.Path}: libtorch: ", failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("libtorch: ", File.ReadAllText(run.Folder.Failure), StringComparison.Ordinal);
        Assert.True(run.Folder.Finished); // What it has reached stays.
    }

    [Fact]
    public void A_cache_that_cannot_be_made_is_named_with_the_way_out()
    {
        using WithVariable cache = new("SER_CACHE", "/dev/null/cache");
        InputException error = Assert.Throws<InputException>(() => SpeechData.Open(new DataOptions(), new Silence()));
        Assert.Equal("/dev/null/cache: the cache's folder cannot be made; name another with the variable SER_CACHE", error.Message);
    }
}
