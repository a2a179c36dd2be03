using SpeechEmotion.Cli;
using SpeechEmotion.Training;
using static SpeechEmotion.Tests.MiniatureCorpus;

namespace SpeechEmotion.Tests;

[Collection("miniature")]
public class FailedRunTests(MiniatureCorpus corpus)
{
    /// <summary>Weights that grow a hundredfold a step are no numbers soon.</summary>
    [Fact]
    public void A_run_that_fails_does_not_keep_a_study_from_the_others()
    {
        string wild = corpus.In("wild.yaml"), folder = corpus.In("failing");
        File.WriteAllText(wild, $"base: {Config("models/mlp.yaml")}\ntrain: {{learning_rate: 10, weight_decay: 10, clip_norm: 0, schedule: constant, batch_size: 2}}\n");
        string[] study =
        [
            "compare", Path.Combine(Repository, "experiments", "quickstart", "study.yaml"), "--data", corpus.Data, "--out", folder, "--folds", "0", "--jobs", "1",
            "--set", $"models=[{wild}, ../../configs/models/mlp.yaml]", "--set", "labels=[four]", "--set", "seeds=[1]", "--set", "features.mels=16", "--set", "train.epochs=12", "--set", "train.patience=0", "--set", "threads=1",
        ];
        foreach (int time in Enumerable.Range(0, 2)) // The same again ends in the same.
        {
            (int code, string output, string error) = Ser(study);
            Assert.True(code == App.Failed, $"time {time}: {output}{error}");
            Assert.Contains("failed: " + new RunFolder(Path.Combine(folder, "four", "wild", "fold0-seed1")).Path + ": the training loss is not a number in epoch ", error, StringComparison.Ordinal);
            Assert.True(new RunFolder(Path.Combine(folder, "four", "mlp", "fold0-seed1")).Finished);
            Assert.Contains("**1 of 2 runs are finished.** The figures will change. Missing: four/wild fold0-seed1.", File.ReadAllText(Path.Combine(folder, "report.md")).Replace("\\", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }
}
