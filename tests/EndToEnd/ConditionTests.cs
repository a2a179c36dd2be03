using SpeechEmotion.Cli;
using SpeechEmotion.Evaluation;
using static SpeechEmotion.Tests.MiniatureCorpus;

namespace SpeechEmotion.Tests;

[Collection("miniature")]
public class ConditionTests(MiniatureCorpus corpus)
{
    private const string Noise = "{name: noise, alter: [noise_db=1]}", Room = "{name: a room, alter: [room_seconds=0.4]}";

    [Fact]
    public void A_study_is_scored_under_its_conditions_and_under_further_ones_without_training_again()
    {
        string folder = corpus.In("conditions"), run = Path.Combine(folder, "four", "kernel", "fold0-seed1");
        string[] study = Study(folder, "../search/models/kernel.yaml");
        Done([.. study, $"conditions=[{Noise}]"]);

        // The scores are those of `ser evaluate` on the same clips.
        string noise = Path.Combine(run, "conditions", "noise_db=1.csv");
        Done("evaluate", run, "--data", corpus.Data, "--alter", "noise_db=1", "--out", corpus.In("evaluated"));
        Dictionary<string, Prediction> evaluated =
            PredictionsFile.Read(corpus.In("evaluated/predictions.csv")).Rows.ToDictionary(row => row.Key);
        IReadOnlyList<Prediction> scored = PredictionsFile.Read(noise).Rows;
        Assert.NotEmpty(scored);
        Assert.All(scored, row => Assert.Equal(evaluated[row.Key].Probabilities, row.Probabilities));
        Assert.Equal(PredictionsFile.Read(Path.Combine(run, "predictions.csv")).Rows.Select(row => row.Key), scored.Select(row => row.Key));

        // A further condition is scored with the existing weights.
        DateTime[] before = Written();
        Assert.Contains("1 run, 1 to do", Done([.. study, $"conditions=[{Noise}, {Room}]"]), StringComparison.Ordinal);
        Assert.Equal(before, Written());
        string report = File.ReadAllText(Path.Combine(folder, "report.md"));
        Assert.Contains("| Model | as recorded | noise | a room |", report, StringComparison.Ordinal);
        ConditionFacts facts = FactsFile.Read<ConditionFacts>(Path.Combine(run, "conditions", "environment.json"));
        Assert.Equal(Training.Provenance.Commit, facts.Commit);

        // Published, it still gives the same table.
        string table = File.ReadAllText(Path.Combine(folder, "conditions.csv"));
        Assert.Contains("\nkernel,four,as recorded,,all,", table, StringComparison.Ordinal);
        Assert.Contains("\nkernel,four,a room,room_seconds=0.4,all,", table, StringComparison.Ordinal);
        Done("report", folder, "--publish", corpus.In("conditions-published"));
        File.Delete(corpus.In("conditions-published/conditions.csv"));
        Done("report", corpus.In("conditions-published"));
        Assert.Equal(table, File.ReadAllText(corpus.In("conditions-published/conditions.csv")));
        Assert.Equal(App.WrongInput, Ser("report", folder, "--publish", folder + "/.").Code);

        // Predictions of other clips are refused.
        File.WriteAllLines(noise, File.ReadAllLines(noise).SkipLast(1));
        (int code, _, string error) = Ser("report", folder);
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("noise_db=1.csv: not of the clips that the run was tested on", error, StringComparison.Ordinal);
        File.Delete(noise);
        Assert.Contains("1 run, 1 to do", Done([.. study, $"conditions=[{Noise}, {Room}]"]), StringComparison.Ordinal);
        Assert.Equal(table, File.ReadAllText(Path.Combine(folder, "conditions.csv")));

        // Without weights a further condition cannot be scored, but earlier scores stay.
        File.Delete(Path.Combine(run, "checkpoints", "best.ser"));
        error = Done([.. study, $"conditions=[{Noise}, {{name: colour, alter: [equalise_db=3]}}]"]);
        Assert.Contains("1 finished run lacks a condition and the weights to be scored by", error, StringComparison.Ordinal);
        Assert.Contains("1 run, 0 to do", error, StringComparison.Ordinal);
        report = File.ReadAllText(Path.Combine(folder, "report.md"));
        Assert.Contains("| Model | as recorded | noise | colour |", report, StringComparison.Ordinal);
        Assert.DoesNotContain("equalise_db", File.ReadAllText(Path.Combine(folder, "conditions.csv")), StringComparison.Ordinal);

        // Without conditions, their tables and picture are removed.
        Done([.. study, "conditions=[]"]);
        Assert.DoesNotContain(
            new[] { "conditions.csv", "condition_pairs.csv", "conditions.png" }, name => File.Exists(Path.Combine(folder, name)));

        DateTime[] Written()
        {
            string[] files = [noise, Path.Combine(run, "checkpoints", "best.ser"), Path.Combine(run, "history.csv")];
            return [.. files.Select(File.GetLastWriteTimeUtc)];
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"study\": null, \"notes\": null}")]
    [InlineData("{\"study\": {}")]
    [InlineData("{\"study\": {}, \"notes\": {\"data_note\": null, \"command\": \"\", \"runs\": [null]}}")]
    public void A_damaged_study_says_what_to_do(string json)
    {
        Directory.CreateDirectory(corpus.In("damaged"));
        File.WriteAllText(corpus.In("damaged/study.json"), json);
        (int code, _, string error) = Ser("report", corpus.In("damaged"));
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("study.json", error, StringComparison.Ordinal);
        Assert.DoesNotContain("SpeechEmotion", error, StringComparison.Ordinal); // no name of a type, and no place in the serialiser
        Assert.DoesNotContain("LineNumber", error, StringComparison.Ordinal);
        Assert.Contains("remove it, and `ser compare STUDY` writes it again", error, StringComparison.Ordinal);
    }

    /// <summary>An alteration that is almost nothing leaves the run's predictions almost as they were, also with dropout on: conditions are
    /// scored in the same mode and from the same seed.</summary>
    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public void Conditions_are_scored_as_the_test_side_was(string eval)
    {
        string folder = corpus.In($"mode-{eval}"), run = Path.Combine(folder, "four", "mlp", "fold0-seed1");
        Done(
        [
            .. Study(folder, "../../configs/models/mlp.yaml"), $"train.eval={eval}", "--set", "train.select=last",
            "--set", "train.patience=0", "--set", "conditions=[{name: none, alter: [noise_db=80]}]", .. Tiny,
        ]);
        IReadOnlyList<Prediction> recorded = PredictionsFile.Read(Path.Combine(run, "predictions.csv")).Rows;
        IReadOnlyList<Prediction> altered = PredictionsFile.Read(Path.Combine(run, "conditions", "noise_db=80.csv")).Rows;
        double apart = recorded.Zip(altered, (a, b) => a.Probabilities.Zip(b.Probabilities, (p, q) => Math.Abs(p - q)).Max()).Max();

        // Noise at 80 dB SNR changes the quietest bands; other dropout draws would change a probability by about 0.1.
        Assert.InRange(apart, 1e-9, 0.01);
    }

    [Fact]
    public void A_report_names_the_commands_of_all_its_runs()
    {
        string folder = corpus.In("by-seed");
        string[] study = [.. Study(folder, "../search/models/kernel.yaml"), "conditions=[]"];
        Done([.. study, "--seeds", "1"]);
        Done([.. study, "--seeds", "2"]);
        string report = File.ReadAllText(Path.Combine(folder, "report.md"));
        Assert.Matches("```sh\nser compare .* --seeds 1\nser compare .* --seeds 2\n```", report);
        Assert.DoesNotContain("runs are finished", report, StringComparison.Ordinal);
        Done("report", folder, "--publish", corpus.In("by-seed-published"));
        Done([.. study, "--seeds", "1,2"]);
        Assert.Matches("```sh\nser compare .* --seeds 1,2\n```", File.ReadAllText(Path.Combine(folder, "report.md")));

        // A published run that the study no longer has would be pooled with the study's runs.
        Directory.Delete(Path.Combine(folder, "four", "kernel", "fold0-seed2"), recursive: true);
        (int code, _, string error) = Ser("report", folder, "--publish", corpus.In("by-seed-published"));
        Assert.Equal(App.WrongInput, code);
        Assert.Contains($"holds 1 run that {folder} has not (four/kernel/fold0-seed2)", error, StringComparison.Ordinal);
    }

    /// <summary>The start of a command that compares one model on fold 0. It ends with `--set`, so a setting must follow.</summary>
    private string[] Study(string folder, string model) =>
    [
        "compare", Path.Combine(Repository, "experiments", "corpora", "study.yaml"), "--data", corpus.Data, "--out", folder, "--jobs", "1",
        "--set", $"models=[{model}]", "--set", "labels=[four]", "--set", "folds=[0]", "--set", "seeds=[1]",
        "--set", "split.kind=grouped", "--set", "split.folds=2", "--set", "data.corpora=[]", "--set",
    ];

    /// <summary>Runs a command that must succeed and returns its error stream.</summary>
    private static string Done(params string[] command)
    {
        (int code, _, string error) = Ser(command);
        Assert.True(code == App.Done, error);
        return error;
    }
}
