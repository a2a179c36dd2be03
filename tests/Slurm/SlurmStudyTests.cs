using System.Diagnostics;
using System.Text.RegularExpressions;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Studies;

namespace SpeechEmotion.Tests;

/// <summary>A study as a job array of a real Slurm on this machine.</summary>
[Collection("small study")]
public partial class SlurmStudyTests(SmallStudy study)
{
    /// <summary>Enough epochs that a run is still far from its end when a sixth of them is seen and the signal has arrived.</summary>
    private static readonly string[] Epochs = ["--set", "train.epochs=60"];

    [Fact]
    public void A_task_that_is_killed_half_way_is_submitted_again_alone_and_the_report_is_the_local_one()
    {
        Assert.SkipUnless(SlurmCluster.Missing is null, SlurmCluster.Missing ?? "");
        (string local, string output, string cache) = (study.In("local"), study.In("slurm"), study.In("slurm-cache"));
        Assert.Equal(0, Do(study.Command(local, cache, 1, Epochs)).Code);
        using SlurmCluster cluster = new();

        (int code, string said, string error) = Ser();
        Assert.True(code == 0, error);
        Assert.Contains("job 1: 2 runs submitted", error, StringComparison.Ordinal);
        Assert.Contains("how they do:        squeue --jobs=1\n", said, StringComparison.Ordinal);

        // What is queued or running is not submitted twice.
        (code, _, error) = Ser();
        Assert.True(code == 0, error);
        Assert.Contains("2 runs are queued or running in job 1", error, StringComparison.Ordinal);
        Assert.Single(new SlurmJobs(output).Read());

        // One task is killed as by a node that fails: at once, without writing anything more.
        string mlp = Path.Combine(output, "four", "mlp", "fold0-seed1"), lstm = Path.Combine(output, "four", "lstm", "fold0-seed1");
        Wait(() => File.Exists(Path.Combine(lstm, "history.csv")));
        using (Process task = TaskOf(output, "four/lstm/fold0-seed1"))
        {
            Wait(() => File.ReadLines(Path.Combine(lstm, "history.csv")).Count() > 10);
            task.Kill();
        }

        Wait(() => cluster.Run("squeue", "--noheader").Output.Length == 0);
        Assert.True(File.Exists(Path.Combine(mlp, "metrics.json")), File.ReadAllText(Path.Combine(output, "slurm-1_0.log")));
        Assert.False(File.Exists(Path.Combine(lstm, "metrics.json")));

        // The report of an unfinished study names the missing run.
        (code, said, error) = SerOf(new ProcessStartInfo("dotnet", [study.Command(output, cache).ArgumentList[0], "report", output]));
        Assert.True(code == 0, error);
        Assert.Contains("not finished: four/lstm fold0-seed1", said, StringComparison.Ordinal);
        string report = File.ReadAllText(Path.Combine(output, "report.md")).Replace("\\", "", StringComparison.Ordinal);
        Assert.Contains(
            "**1 of 2 runs are finished.** The figures will change. Missing: four/lstm fold0-seed1.", report, StringComparison.Ordinal);

        // The same command submits only the missing run, which resumes from its checkpoint; then the report is written.
        (code, said, error) = Ser("--wait");
        Assert.True(code == 0, error);
        SlurmJob again = new SlurmJobs(output).Read()[1];
        Assert.Equal([KeyValuePair.Create(0, new RunKey("four", "lstm", 0, 1))], again.Runs);
        Assert.Contains($"job {again.Id}: 1 run submitted", error, StringComparison.Ordinal);
        Assert.Matches(@"four/lstm fold 0 seed 1: ended unfinished; \S+slurm-1_1\.log ends with: ", error);
        Match resumed = Regex.Match(File.ReadAllText(SlurmScript.LogOf(output, again.Id, "0")), "(?m)^resumed after epoch [1-9].*$");
        Assert.True(resumed.Success);
        Heavy.Say($"Slurm: killed half way, {resumed.Value} of 60: the same report");
        Assert.Contains("report.html is the whole report", said, StringComparison.Ordinal);

        Heavy.Same(SmallStudy.Numbers(local), SmallStudy.Numbers(output), "by Slurm");
        Assert.Equal(Report(local), Report(output));

        // An error of Slurm is reported in Slurm's own words.
        (code, _, error) = SerOf(study.Command(study.In("refused"), cache, 2, "--launcher", "slurm", "--set", "slurm.partition=none"));
        Assert.Equal(1, code);
        Assert.Matches("(?m)^error: sbatch .*[Ii]nvalid partition.*--set slurm.KEY=VALUE$", error);

        // Nothing is left to submit.
        (code, _, error) = Ser();
        Assert.True(code == 0, error);
        Assert.Contains("2 runs, 0 to do", error, StringComparison.Ordinal);
        Assert.Equal(2, new SlurmJobs(output).Read().Count);

        // Finished runs are submitted again to be scored under a condition, and are not called failed.
        (code, _, error) = Ser("--wait", "--set", "conditions=[{name: noise, alter: [noise_db=9]}]");
        Assert.True(code == 0, error);
        Assert.Contains("2 runs, 2 to do", error, StringComparison.Ordinal);
        Assert.DoesNotContain("ended unfinished", error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(lstm, "conditions", "noise_db=9.csv")));

        (int Code, string Output, string Error) Ser(params string[] more) =>
            SerOf(study.Command(output, cache, 2, [.. Epochs, "--launcher", "slurm", .. more]));

        (int Code, string Output, string Error) SerOf(ProcessStartInfo start)
        {
            start.Environment["SLURM_CONF"] = cluster.Conf;
            return Do(start);
        }
    }

    /// <summary>The text of a report, without times and the command that made it.</summary>
    private static string Report(string folder)
    {
        string report = File.ReadAllText(Path.Combine(folder, "report.md"));
        return Times().Replace(report, "");
    }

    /// <summary>Matches the columns of times in the table of costs, the total training time and the command line.</summary>
    [GeneratedRegex(@"(?m)(?<=^\| (mlp|lstm) \| four \| [0-9,]+ \| [0-9.]+( k)?) \|.*$|^\| Training time.*$|^ser compare.*$")]
    private static partial Regex Times();

    private static (int Code, string Output, string Error) Do(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>The process of a task: the program itself, since the batch script replaces itself by it (exec).</summary>
    private static Process TaskOf(string output, string run) => Process.GetProcessesByName("dotnet").Single(process =>
    {
        string[] words = File.Exists($"/proc/{process.Id}/cmdline") ? File.ReadAllText($"/proc/{process.Id}/cmdline").Split('\0') : [];
        return words.Contains("--only") && words.Contains(run) && words.Contains(output);
    });

    private static void Wait(Func<bool> until)
    {
        // The limit only ends a wait on a machine that is stuck; it is no test of speed.
        for (Stopwatch clock = Stopwatch.StartNew(); !until(); Thread.Sleep(20))
        {
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(5), "it does not come");
        }
    }
}
