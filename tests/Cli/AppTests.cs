using SpeechEmotion.Cli;
using static SpeechEmotion.Tests.MiniatureCorpus;

namespace SpeechEmotion.Tests.Cli;

public class AppTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData(null)]
    public void Help_lists_every_command_and_examples(string? argument)
    {
        (int code, string output, string error) = Ser(argument is null ? [] : [argument]);
        Assert.Equal((App.Done, ""), (code, error));
        Assert.All(Commands.Select(row => row.Data), command => Assert.Contains($"\n  {command} ", output, StringComparison.Ordinal));
        Assert.Contains("Examples:", output, StringComparison.Ordinal);
    }

    public static TheoryData<string> Commands =>
        ["compare", "describe", "doctor", "evaluate", "export", "import", "predict", "prepare", "release", "report", "serve", "train"];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_an_example(string command)
    {
        (int code, string output, _) = Ser(command, "--help");
        Assert.Equal(App.Done, code);
        Assert.Contains($"Examples:\n  ser {command}", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_launcher_that_is_none_is_told_with_the_nearest() => Assert.Equal(
        (App.WrongInput, "error: --launcher slrm: not one of local, slurm; did you mean slurm?"),
        (Ser("compare", Quickstart, "--launcher", "slrm") is var (code, _, error) ? code : 0, error.TrimEnd()));

    [Fact]
    public void A_fold_that_is_not_there_is_told_by_the_option_that_names_it()
    {
        (int code, _, string error) = Ser("compare", Quickstart, "--folds", "0,99");
        Assert.Equal(App.WrongInput, code);
        Assert.StartsWith("error: --folds 0,99: 99 is outside 0 to ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_slurm_the_launcher_says_so_and_names_the_way_out()
    {
        using TestFolder folder = new();
        using WithVariable path = new("PATH", folder.Path);
        (int code, _, string error) = Ser("compare", Quickstart, "--launcher", "slurm", "--out", folder.Path);
        Assert.Equal(App.WrongInput, code);
        Assert.Matches(
            "(?m)^error: --launcher slurm: no squeue on the PATH of .*; "
            + "run this on a login node of the cluster, or take --launcher local$",
            error);
    }

    [Fact]
    public void A_task_that_sees_no_study_names_the_folder_that_must_be_shared()
    {
        (int code, _, string error) = Ser("compare", Quickstart, "--out", "/nowhere", "--only", "four/cnn/fold0-seed1");
        Assert.Equal(App.WrongInput, code);
        Assert.StartsWith("error: /nowhere: no study here, seen from ", error, StringComparison.Ordinal);
        (code, _, error) = Ser("compare", Quickstart, "--out", "/nowhere", "--only", "four/cnn/fold0-seed11");
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("did you mean four/cnn/fold0-seed1?", error, StringComparison.Ordinal);
    }

    private static string Quickstart => Path.Combine(Repository, "experiments", "quickstart", "study.yaml");

    [Fact]
    public void Version_is_one_line() => Assert.Matches(@"^ser \d+\.\d+\.\d+\r?\n$", Ser("--version").Output);

    [Theory]
    [InlineData("descirbe cnn", "error: unknown command descirbe; did you mean describe?")]
    [InlineData("zzzzz", "error: unknown command zzzzz; `ser --help` lists them")]
    [InlineData("doctor --verbos", "error: unknown option --verbos; did you mean --verbose?")]
    [InlineData("describe --st", "error: unknown option --st; did you mean --set?")]
    [InlineData("compare s.yaml --workers 4", "error: unknown option --workers; `ser compare --help` lists them")]
    [InlineData("predict  a.wav", "error: an argument is empty; is a variable of the shell not set?")]
    [InlineData("describe cnn --zzzzzzz", "error: unknown option --zzzzzzz; `ser describe --help` lists them")]
    [InlineData("doctor x", "error: unexpected argument x; `ser doctor --help` shows what doctor takes")]
    [InlineData("compare s.yaml --wait true", "error: unexpected argument true; `ser compare --help` shows what compare takes")]
    [InlineData("compare s.yaml --wait=true", "error: unexpected argument true; `ser compare --help` shows what compare takes")]
    [InlineData("describe", "error: Required argument 'MODEL' missing for command: 'describe'; see `ser describe --help`")]
    [InlineData("describe cnn --classes x", "error: --classes x: a whole number is wanted")]
    [InlineData("compare s.yaml --jobs x", "error: --jobs x: a whole number is wanted")]
    [InlineData("compare s.yaml --jobs 0", "error: --jobs 0: at least 1")]
    [InlineData("compare s.yaml --jobs -3", "error: --jobs -3: at least 1")]
    [InlineData("compare s.yaml --folds a", "error: --folds a: whole numbers are wanted, each once, with commas between, such as 0,1")]
    [InlineData("compare s.yaml --seeds 1,1", "error: --seeds 1,1: whole numbers are wanted, each once, with commas between, such as 0,1")]
    [InlineData("evaluate x --normalise corpora", "error: --normalise corpora: not one of speaker, corpus; did you mean corpus?")]
    [InlineData("predict x --format xml", "error: --format xml: not one of table, json, csv")]
    [InlineData("describe cnn --set", "error: Required argument missing for option: '--set'; see `ser describe --help`")]
    public void A_wrong_command_line_is_one_line_and_code_2(string line, string message)
    {
        (int code, string output, string error) = Ser(line.Split(' '));
        Assert.Equal((App.WrongInput, "", message), (code, output, error.TrimEnd()));
    }

    public static TheoryData<Exception, int, string> Failures => new()
    {
        {
            new InputException("a.yaml:1: x: unknown key\na.yaml:2: y: unknown key"), 2,
            "error: a.yaml:1: x: unknown key\nerror: a.yaml:2: y: unknown key\n"
        },
        { new IOException("No space left on device : 'x'"), 1, "error: No space left on device : 'x'\n" },
        { new UnauthorizedAccessException("Access to the path 'x' is denied."), 1, "error: Access to the path 'x' is denied.\n" },
        { new OperationCanceledException(), 130, "stopped; what was finished is kept\n" },
        { new AggregateException(new InputException("x")), 2, "error: x\n" },
        {
            new InvalidOperationException("two\nlines"), 1,
            "error: InvalidOperationException: two lines (run with --verbose for the trace)\n"
        },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void An_exception_is_one_line_and_a_code(Exception exception, int code, string message)
    {
        StringWriter error = new();
        Assert.Equal(code, App.Guard(() => throw exception, error, verbose: false));
        Assert.Equal(message, error.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Verbose_shows_the_trace()
    {
        StringWriter error = new();
        App.Guard(() => throw new InvalidOperationException("x"), error, verbose: true);
        Assert.Contains("   at SpeechEmotion.", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_tells_of_torch_memory_and_decoders()
    {
        (int code, string output, string error) = Ser("doctor");
        Assert.Equal((App.Done, ""), (code, error));
        Assert.Contains("libtorch 2.", output, StringComparison.Ordinal);
        Assert.Contains("GB of memory", output, StringComparison.Ordinal);
        Assert.Contains("libsndfile", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_counts_the_files_that_a_scan_would_take()
    {
        using TestFolder data = new();
        foreach (string file in new[] { "DC/a01.wav", "DC/a02.txt", ".before/DC/a03.wav" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(data[file])!);
            File.WriteAllText(data[file], "");
        }

        string own = data["own"];
        Directory.CreateDirectory(own);
        File.WriteAllText(Path.Combine(own, "corpus.csv"), "file,speaker,sex,emotion\n03-01-05-01-01-01-07.wav,f1,female,anger\n");
        File.WriteAllText(Path.Combine(own, "03-01-05-01-01-01-07.wav"), "");
        string found = Ser("doctor", "--data", data.Path).Output;
        Assert.Contains("savee: 1 of 480 files", found, StringComparison.Ordinal);
        Assert.Contains("✓ own: 1 file\n", found, StringComparison.Ordinal);
        Assert.Contains($"- ravdess: none of its 1,440 files below {data.Path}\n", found, StringComparison.Ordinal);
        (int code, _, string error) = Ser("doctor", "--data", data["none"]);
        Assert.Equal(App.WrongInput, code);
        Assert.StartsWith($"error: {data["none"]}: no such folder; give the folder", error, StringComparison.Ordinal);
    }
}
