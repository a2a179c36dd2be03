using SpeechEmotion.Architectures;
using SpeechEmotion.Cli;
using SpeechEmotion.Training;
using static SpeechEmotion.Tests.MiniatureCorpus;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

[Collection("miniature")]
public class FailedRunTests(MiniatureCorpus corpus)
{
    /// <summary>The loss of an epoch is of the weights before its last step, which can be the one that spoils them.</summary>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_single_weight_or_statistic_that_is_not_finite_is_found(float value)
    {
        using EmotionModel model = ModelCatalog.Create("cnn", ModelCatalog.DefaultOptions("cnn"), new ModelShape(16, 4));
        Assert.True(Trainer.Finite(model));
        foreach (Tensor tensor in new[] { model.parameters().Last(), model.buffers().First(buffer => buffer.is_floating_point()) })
        {
            using IDisposable off = no_grad();
            using Tensor first = tensor.flatten()[0], before = first.clone();
            first.fill_(value);
            Assert.False(Trainer.Finite(model));
            first.copy_(before);
            Assert.True(Trainer.Finite(model));
        }
    }

    /// <summary>Weights that grow a hundredfold per step soon overflow, so that the loss is not a number.</summary>
    [Fact]
    public void A_run_that_fails_does_not_keep_a_study_from_the_others()
    {
        string wild = corpus.In("wild.yaml"), folder = corpus.In("failing");
        File.WriteAllText(
            wild,
            $$"""
            base: {{Config("models/mlp.yaml")}}
            train: {learning_rate: 10, weight_decay: 10, clip_norm: 0, schedule: constant, batch_size: 2}

            """);
        string[] study =
        [
            "compare", Path.Combine(Repository, "experiments", "quickstart", "study.yaml"), "--data", corpus.Data, "--out", folder,
            "--folds", "0", "--jobs", "1", "--set", $"models=[{wild}, ../../configs/models/mlp.yaml]", "--set", "labels=[four]",
            "--set", "seeds=[1]", "--set", "features.mels=16", "--set", "train.epochs=12", "--set", "train.patience=0",
            "--set", "threads=1",
        ];
        RunFolder failing = new(Path.Combine(folder, "four", "wild", "fold0-seed1"));
        foreach (int time in Enumerable.Range(0, 2)) // A second call fails in the same way.
        {
            (int code, string output, string error) = Ser(study);
            Assert.True(code == App.Failed, $"time {time}: {output}{error}");
            Assert.Contains(
                "failed: " + failing.Path + ": the training loss is not a number in epoch ", error, StringComparison.Ordinal);
            Assert.True(new RunFolder(Path.Combine(folder, "four", "mlp", "fold0-seed1")).Finished);
            string report = File.ReadAllText(Path.Combine(folder, "report.md")).Replace("\\", "", StringComparison.Ordinal);
            Assert.Contains(
                "**1 of 2 runs are finished.** Failed: four/wild/fold0-seed1 (the training loss is not a number in epoch ",
                report, StringComparison.Ordinal);
        }

        // A task of a cluster leaves the same message.
        File.Delete(failing.Failure);
        Assert.Equal(App.Failed, Ser([.. study, "--only", "four/wild/fold0-seed1"]).Code);
        Assert.StartsWith("the training loss is not a number in epoch ", File.ReadAllText(failing.Failure), StringComparison.Ordinal);

        // With `--wait` for a cluster, the report is written nonetheless. These stand-ins for Slurm do nothing, so the task has ended at
        // once.
        using TestFolder slurm = new();
        File.CreateSymbolicLink(slurm["squeue"], "/bin/true");
        File.CreateSymbolicLink(slurm["sbatch"], "/bin/true");
        File.Delete(Path.Combine(folder, "report.md"));
        using (new WithVariable("PATH", slurm.Path))
        {
            (int waited, _, string told) = Ser([.. study, "--launcher", "slurm", "--wait"]);
            Assert.True(waited == App.Failed, told);
            Assert.Contains("four/wild fold 0 seed 1: ended unfinished", told, StringComparison.Ordinal);
            string report = File.ReadAllText(Path.Combine(folder, "report.md")).Replace("\\", "", StringComparison.Ordinal);
            Assert.Contains("Failed: four/wild/fold0-seed1 (", report, StringComparison.Ordinal);
        }

        // A call for other runs does not forget it.
        string kept = File.ReadAllText(failing.Failure);
        string[] other = [.. study.Select(word => word == "0" ? "1" : word), "--set", "models=[../../configs/models/mlp.yaml]"];
        (int others, _, string why) = Ser(other);
        Assert.True(others == App.Done, why);
        string after = File.ReadAllText(Path.Combine(folder, "report.md")).Replace("\\", "", StringComparison.Ordinal);
        Assert.Contains("Failed: four/wild/fold0-seed1 (", after, StringComparison.Ordinal);
        Assert.Equal(kept, File.ReadAllText(failing.Failure));

        // A run that another process of the same call has seen fail is not tried again.
        long began = File.GetLastWriteTimeUtc(failing.Failure).Ticks - 1;
        (int worker, _, string worked) = Ser([.. study, "--worker", $"{began}"]);
        Assert.Equal(App.Failed, worker);
        Assert.DoesNotContain("four/wild fold 0 seed 1", worked, StringComparison.Ordinal);

        // Without any finished run to report, the exit code is still that of a failure.
        string[] alone = [.. study.Select(word => word == folder ? corpus.In("failing-alone") : word), "--set", $"models=[{wild}]"];
        Assert.Equal(App.Failed, Ser(alone).Code);
    }

    /// <summary>A setting that fails on one fold cannot be chosen; the others are still compared on that fold.</summary>
    [Fact]
    public void A_search_leaves_out_a_setting_that_fails()
    {
        string folder = corpus.In("failing-search");
        (int code, _, string error) = Ser(
            "compare", Path.Combine(Repository, "experiments", "quickstart", "study.yaml"), "--data", corpus.Data, "--out", folder,
            "--folds", "0,1", "--jobs", "1", "--set", "models=[../../configs/models/mlp.yaml]", "--set", "labels=[four]",
            "--set", "seeds=[1]", "--set", "split.scored=validation", "--set", "features.mels=16", "--set", "train.epochs=12",
            "--set", "train.patience=0", "--set", "threads=1", "--set", "train.clip_norm=0", "--set", "train.schedule=constant",
            "--set", "train.batch_size=2", "--set", "train.weight_decay=10",
            "--set", "search={space: [{key: train.learning_rate, values: [0.001, 10]}]}");
        Assert.True(code == App.Failed, error);
        string report = File.ReadAllText(Path.Combine(folder, "report.md")).Replace("\\", "", StringComparison.Ordinal);
        Assert.Contains("Their settings are left out.", report, StringComparison.Ordinal);
        Assert.Contains("| mlp-p00 |", report, StringComparison.Ordinal);
        Assert.DoesNotContain("| mlp-p01 |", report, StringComparison.Ordinal);
        string chosen = File.ReadAllText(Path.Combine(folder, "chosen", "four", "mlp.yaml"));
        Assert.StartsWith("# mlp-p00 of study", chosen, StringComparison.Ordinal);
        Assert.DoesNotContain("can change the figures", report, StringComparison.Ordinal); // Nothing is left to do.
        Assert.Contains("| score | to mlp-p00 |", report, StringComparison.Ordinal);

        // A published copy knows of the failure too. Otherwise a fold that the setting has finished would count, and no other.
        Assert.Equal(App.Done, Ser("report", folder, "--publish", corpus.In("failing-public")).Code);
        foreach (string file in new[] { "choices.csv", "report.md" })
        {
            Assert.Equal(File.ReadAllText(Path.Combine(folder, file)), File.ReadAllText(corpus.In($"failing-public/{file}")));
        }
    }
}
