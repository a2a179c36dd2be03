using SpeechEmotion.Cli;
using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Studies;
using SpeechEmotion.Training;

namespace SpeechEmotion.Tests;

public sealed class SlurmScriptTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_script_is_what_one_would_write_by_hand()
    {
        SlurmOptions options = new()
        {
            Partition = "gpu",
            Account = "speech",
            Time = "04:00:00",
            Mem = "8G",
            CpusPerTask = 2,
            Gres = "gpu:1",
            AtMost = 4,
            Options = ["--constraint=avx2"],
            Setup = ["module load cuda"],
        };
        const string Quoted = @"'data.root='\''/x'\'''";
        Assert.Equal(
            $$"""
            #!/bin/bash
            # Runs of the study s that are missing, one a task. `ser compare --launcher slurm` writes this file anew and submits it.
            #SBATCH --job-name=ser-s
            #SBATCH --array=0-2%4
            #SBATCH --chdir="/my work"
            #SBATCH --output=/runs/50%%/slurm-%A_%a.log
            #SBATCH --open-mode=append
            #SBATCH --requeue
            #SBATCH --ntasks=1
            #SBATCH --cpus-per-task=2
            #SBATCH --partition=gpu
            #SBATCH --account=speech
            #SBATCH --time=04:00:00
            #SBATCH --mem=8G
            #SBATCH --gres=gpu:1
            #SBATCH --constraint=avx2

            # The run of each task.
            runs=(
              [0]=four/cnn/fold0-seed1
              [1]=four/cnn/fold1-seed1
              [2]='four/c n/fold3-seed1'
            )

            module load cuda
            exec /bin/ser compare study.yaml --set {{Quoted}} --only "${runs[$SLURM_ARRAY_TASK_ID]}" --set threads="$SLURM_CPUS_PER_TASK"

            """,
            SlurmScript.Of(
                "s", "/runs/50%", "/my work", options, Runs(("cnn", 0), ("cnn", 1), ("c n", 3)),
                ["/bin/ser", "compare", "study.yaml", "--set", "data.root='/x'"]));
    }

    [Fact]
    public void What_is_not_asked_for_is_not_written()
    {
        string script = SlurmScript.Of("s", "/runs", "/work", new SlurmOptions(), Runs(("cnn", 2)), ["ser"]);
        Assert.Contains("#SBATCH --array=0-0\n", script, StringComparison.Ordinal);
        string[] unasked = ["partition", "account", "qos", "time", "mem", "gres"];
        Assert.All(unasked, name => Assert.DoesNotContain($"--{name}", script, StringComparison.Ordinal));
    }

    [Fact]
    public void Jobs_are_remembered_and_the_last_one_of_a_run_counts()
    {
        SlurmJobs jobs = new(_folder.Path);
        Assert.Empty(jobs.Tasks());
        RunKey mlp = new("four", "mlp", 0, 1), cnn = mlp with { Model = "cnn" };
        jobs.Add(new SlurmJob("7", DateTime.UnixEpoch, new Dictionary<int, RunKey> { [0] = mlp, [3] = cnn }));
        jobs.Add(new SlurmJob("9", DateTime.UnixEpoch, new Dictionary<int, RunKey> { [3] = cnn }));
        Dictionary<RunKey, string> last = new() { [mlp] = "7_0", [cnn] = "9_3" };
        Assert.Equal(last, new SlurmJobs(_folder.Path).Tasks());

        const string NoRun = "[{\"id\": \"7\", \"submitted\": \"2026-01-01T00:00:00Z\", \"runs\": {\"0\": null}}]";
        foreach (string damaged in new[] { "[{}]", "[null]", NoRun, NoRun.Replace("null", "\"four/cnn\"", StringComparison.Ordinal) })
        {
            File.WriteAllText(_folder["slurm.json"], damaged);
            Assert.Contains("remove it once", Assert.Throws<InputException>(jobs.Read).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_task_is_started_with_the_same_arguments_but_for_who_starts_it() => Assert.Equal(
        ["compare", "s.yaml", "--set", "a=b"],
        ThisProgram.Again(["compare", "s.yaml", "--launcher", "slurm", "--set", "a=b", "--jobs", "4"], "--launcher", "--jobs")
            .SkipWhile(word => word != "compare"));

    private static StudyRun[] Runs(params (string Model, int Fold)[] runs) =>
        [.. runs.Select(run => new StudyRun(new RunKey("four", run.Model, run.Fold, 1), new RunConfig(), new RunFolder("unused"), []))];
}
