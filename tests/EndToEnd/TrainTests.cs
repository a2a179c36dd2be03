using SpeechEmotion.Cli;
using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Splits;
using SpeechEmotion.Training;
using static SpeechEmotion.Tests.MiniatureCorpus;

namespace SpeechEmotion.Tests;

[Collection("miniature")]
public class TrainTests(MiniatureCorpus corpus)
{
    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    [InlineData("lstm")]
    [InlineData("cnn_lstm")]
    public void A_run_leaves_every_file_of_its_folder(string model)
    {
        (int code, string output, string error) = Ser(corpus.Train(model, $"run-{model}"));

        Assert.True(code == App.Done, error);
        Assert.Contains("UAR", output, StringComparison.Ordinal);
        foreach (string file in new[]
        {
            "config.yaml", "environment.json", "split.json", "history.csv", "checkpoints/best.ser", "checkpoints/last.ser",
            "predictions.csv", "validation.csv", "metrics.json", "confusion.html", "confusion.png", "log.txt",
        })
        {
            Assert.True(new FileInfo(corpus.In($"run-{model}/{file}")) is { Exists: true, Length: > 0 }, file);
        }

        Assert.Single(Directory.EnumerateFiles(corpus.In($"run-{model}/tensorboard")));
        Assert.Empty(Directory.EnumerateFiles(corpus.Folder, "*.tmp", SearchOption.AllDirectories));
        RunFacts facts = FactsFile.Read<RunFacts>(corpus.In($"run-{model}/environment.json"));
        Assert.True(facts.SpeakersApart);
        Assert.InRange(facts.BestEpoch, 1, 2);
    }

    [Fact]
    public void A_run_that_another_device_resumed_names_both()
    {
        using CancellationTokenSource stop = new();
        RunConfig config = ConfigReader.ReadRun(
            [Config("base.yaml"), Config("models/mlp.yaml")],
            [$"data.root={corpus.Data}", .. Tiny.Where(word => word != "--set")]);
        SpeechData data = SpeechData.Open(config.Data, new Silence());
        RunFolder run = new(corpus.In("moved"));
        Assert.Throws<OperationCanceledException>(
            () => new Runner(data, new Silence(_ => stop.Cancel())).Run(config with { Threads = 2 }, run, resume: false, stop.Token));
        new Runner(data, new Silence()).Run(config, run, resume: true, CancellationToken.None);
        RunFacts facts = FactsFile.Read<RunFacts>(run.Environment);
        Assert.Equal("cpu, 2 threads; cpu, 1 thread", facts.Device);
        Assert.Equal(Provenance.Machine, facts.Machine);
        Assert.Equal(Provenance.Commit, facts.Commit);
    }

    [Theory]
    [InlineData("cnn", "[]", "null")]
    [InlineData("lstm", "[]", "null")]
    [InlineData("mlp", "[sex, intensity]", "all")]
    public void A_run_that_is_stopped_and_resumed_equals_one_that_is_not_bit_for_bit(string model, string tasks, string taught)
    {
        RunConfig config = ConfigReader.ReadRun(
            [Config("base.yaml"), Config($"models/{model}.yaml")],
            [
                $"data.root={corpus.Data}", "threads=1", "features.mels=16", "split.folds=3", "train.epochs=4", "train.batch_size=16",
                "train.average=0.9", "augment.mixup=0.3", "augment.warp=0.1", "augment.tempo=0.1", $"train.tasks={tasks}",
                $"train.labels={taught}", "augment.copies=1", "augment.noise_db=20", "augment.pitch_semitones=2",
            ]);
        RunFolder whole = new(corpus.In($"whole-{model}")), cut = new(corpus.In($"cut-{model}"));
        SpeechData data = SpeechData.Open(config.Data, new Silence());
        new Runner(data, new Silence()).Run(config, whole, resume: false, CancellationToken.None);

        using CancellationTokenSource stop = new();
        Assert.Throws<OperationCanceledException>(() => new Runner(data, new Silence(epoch =>
        {
            if (epoch == 2)
            {
                stop.Cancel();
            }
        })).Run(config, cut, resume: false, stop.Token));
        Assert.False(cut.Finished);
        Assert.Equal(2, HistoryFile.Read(cut.History).Count);
        new Runner(data, new Silence()).Run(config, cut, resume: true, CancellationToken.None);

        // Nothing of the auxiliary tasks and the further classes is left in the kept model.
        Assert.Equal(["anger", "happy", "neutral", "sad"], Checkpoint.ReadCard(whole.Best).Classes);
        Assert.Equal(File.ReadAllText(whole.Predictions), File.ReadAllText(cut.Predictions));
        Assert.Equal(File.ReadAllText(whole.Validation), File.ReadAllText(cut.Validation));
        Assert.Equal(
            HistoryFile.Read(whole.History).Select(r => r with { Seconds = 0 }),
            HistoryFile.Read(cut.History).Select(r => r with { Seconds = 0 }));
    }

    [Fact]
    public void A_run_that_died_while_it_was_scored_gives_the_same_answers_though_they_hang_on_dropout()
    {
        string[] run = corpus.Train("mlp", "scored-again", "--set", "train.eval=false", "--set", "model.dropout=0.5");
        Assert.Equal(App.Done, Ser(run).Code);
        string answers = File.ReadAllText(corpus.In("scored-again/predictions.csv"));
        File.Delete(corpus.In("scored-again/metrics.json"));
        Assert.Equal(App.Done, Ser([.. run, "--resume"]).Code);
        Assert.Equal(answers, File.ReadAllText(corpus.In("scored-again/predictions.csv")));
    }

    /// <summary>Each clip is normalised by itself here, so the normalisation does not show that other clips are different.</summary>
    [Fact]
    public void A_run_does_not_go_on_with_other_sound()
    {
        string[] run = corpus.Train("mlp", "begun", "--set", "train.normalise=clip");
        Assert.Equal(App.Done, Ser(run).Code);
        File.Delete(corpus.In("begun/metrics.json"));
        (int code, _, string error) = Ser([.. run.Select(word => word == corpus.Data ? corpus.Altered() : word), "--resume"]);
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("was trained on other clips than this run's", error, StringComparison.Ordinal);
        Assert.Equal(App.Done, Ser([.. run, "--resume"]).Code);
    }

    [Fact]
    public void What_is_taught_beyond_the_question_is_of_training_speakers_alone_and_the_same_set_changes_nothing()
    {
        Assert.Equal(App.Done, Ser(corpus.Train("mlp", "taught-no-more")).Code);
        Assert.Equal(App.Done, Ser(corpus.Train("mlp", "taught-the-same", "--set", "train.labels=four")).Code);
        Assert.Equal(App.Done, Ser(corpus.Train("mlp", "taught-more", "--set", "train.labels=six")).Code);

        string answers = File.ReadAllText(corpus.In("taught-no-more/predictions.csv"));
        Assert.Equal(answers, File.ReadAllText(corpus.In("taught-the-same/predictions.csv")));

        Split without = SplitFile.ReadKeys(corpus.In("taught-no-more/split.json"));
        Split with = SplitFile.ReadKeys(corpus.In("taught-more/split.json"));
        Assert.Equal(without.Test, with.Test);
        Assert.Equal(without.Validation, with.Validation);
        Assert.Equal(without.Train, with.Train.Take(without.Train.Count));
        string[] further = [.. with.Train.Skip(without.Train.Count)];
        Assert.Equal(without.Train.Count / 2, further.Length); // Fear and disgust, with as many clips per class as the four.
        Assert.Equal(without.Train.Select(SpeakerOf).Distinct().Order(), further.Select(SpeakerOf).Distinct().Order());
        Assert.NotEqual(answers, File.ReadAllText(corpus.In("taught-more/predictions.csv")));
        Assert.Equal(["anger", "happy", "neutral", "sad"], PredictionsFile.Read(corpus.In("taught-more/predictions.csv")).Classes);
    }

    [Fact]
    public void Corpora_without_a_folder_are_not_the_synthetic_voice()
    {
        (int code, _, string error) = Ser(
            "train", Config("base.yaml"), Config("models/mlp.yaml"), "--out", corpus.In("run-without-corpora"),
            "--set", "data.corpora=[ravdess]");
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("corpus 'ravdess' is asked for (data.corpora or --on), and no folder is given", error, StringComparison.Ordinal);
    }
}
