using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Labels;
using SpeechEmotion.Splits;
using SpeechEmotion.Training;

namespace SpeechEmotion.Tests;

/// <summary>Training labels that are shuffled teach nothing, so a score above chance would come from a leak. With the right labels the
/// score is well above chance, which shows that the test can see learning.</summary>
public sealed class CanaryTests(CanaryCorpus corpus) : IClassFixture<CanaryCorpus>
{
    /// <summary>Level of the intervals: one false alarm in a thousand for each architecture. Another processor trains other weights, so the
    /// result varies.</summary>
    private const double Level = 0.999;

    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    [InlineData("lstm")]
    [InlineData("cnn_lstm")]
    public void Shuffled_training_labels_score_at_chance_and_right_ones_above(string model)
    {
        RunConfig config = ConfigReader.ReadRun(
            [MiniatureCorpus.Config("base.yaml"), MiniatureCorpus.Config($"models/{model}.yaml")],
            [
                $"data.root={corpus.Folder}", "threads=1", "device=cpu", "features.mels=16", "split.folds=2", "train.epochs=12",
                "train.batch_size=16", "train.patience=0", "train.learning_rate=0.003",
            ]);
        SpeechData data = SpeechData.Open(config.Data, new Silence());
        Split split = SplitFactory.Create(config.Split, data.Select(LabelSets.Load("four")).Utterances, config.Seed);

        SpeechData dealt = data with { Manifest = Shuffle(data.Manifest, [.. split.Train, .. split.Validation]) };
        (Interval shuffled, double at) = Score(config, dealt, $"{model}-shuffled");
        (Interval right, double well) = Score(config, data, $"{model}-right");

        Assert.InRange(0.25, shuffled.Low, shuffled.High);
        Assert.True(right.Low > 0.25, $"{right}");
        Heavy.Say(
            $"canary, {model}: chance 25.0 %; "
            + $"shuffled training labels {100 * at:f1} % [{100 * shuffled.Low:f1}, {100 * shuffled.High:f1}], "
            + $"right ones {100 * well:f1} % [{100 * right.Low:f1}, {100 * right.High:f1}] "
            + $"({100 * Level:f1} % intervals over 6 test speakers)");
    }

    private (Interval Interval, double Uar) Score(RunConfig config, SpeechData data, string name)
    {
        RunFolder folder = new(Path.Combine(corpus.Folder, "runs", name));
        new Runner(data, new Silence()).Run(config, folder, resume: false, CancellationToken.None);
        PredictionTable table = PredictionsFile.Read(folder.Predictions);
        return (Bootstrap.UarInterval(table.Rows, 4, level: Level)!, Metrics.Compute(table.Rows, table.Classes).Uar);
    }

    /// <summary>Shuffles the labels of the utterances with these keys among them.</summary>
    private static Manifest Shuffle(Manifest manifest, HashSet<string> keys)
    {
        string[] labels = [.. manifest.Utterances.Where(u => keys.Contains(u.Key)).Select(u => u.Label)];
        new Random(5).Shuffle(labels);
        int next = 0;
        return manifest with
        {
            Utterances = [.. manifest.Utterances.Select(u => keys.Contains(u.Key) ? u with { Label = labels[next++] } : u)],
        };
    }
}

/// <summary>Twelve synthetic speakers.</summary>
public sealed class CanaryCorpus : IDisposable
{
    private readonly WithVariable _cache;

    public CanaryCorpus()
    {
        _cache = new("SER_CACHE", Path.Combine(Folder, "cache"));
        SyntheticCorpus.Write(Folder, new SyntheticOptions(Speakers: 12, ClipsPerEmotion: 4));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory().FullName;

    public void Dispose()
    {
        _cache.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>Discards a run's messages.</summary>
/// <param name="epoch">Called with the number of each finished epoch.</param>
/// <param name="progress">Called at each step of any work.</param>
internal sealed class Silence(Action<int>? epoch = null, Action? progress = null) : IRunListener
{
    public void Say(string line)
    {
    }

    public void Progress(string job, int done, int of) => progress?.Invoke();

    public void Epoch(EpochRow row, int epochs) => epoch?.Invoke(row.Epoch);
}
