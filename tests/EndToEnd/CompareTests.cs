using SpeechEmotion.Cli;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Reporting;
using static SpeechEmotion.Tests.MiniatureCorpus;

namespace SpeechEmotion.Tests;

[Collection("miniature")]
public class CompareTests(MiniatureCorpus corpus)
{
    [Fact]
    public void A_study_is_done_once_reported_and_published()
    {
        string[] study =
        [
            "compare", Path.Combine(Repository, "experiments", "quickstart", "study.yaml"), "--data", corpus.Data,
            "--out", corpus.In("study"), "--folds", "0", "--jobs", "1", .. Tiny,
            "--set", "conditions=[{name: hiss, alter: [noise_db=5]}]",
        ];
        (int code, string output, string error) = Ser(study);
        Assert.True(code == App.Done, error);
        Assert.Contains("8 runs, 8 to do", error, StringComparison.Ordinal);
        Assert.Contains("cnn_lstm", output, StringComparison.Ordinal);
        string[] files =
        [
            "report.html", "report.md", "table.csv", "pairs.csv",
            "confusion.png", "confusion.svg", "learning.png", "uar.png", "cost.png", "study.json",
        ];
        foreach (string file in files)
        {
            Assert.True(new FileInfo(corpus.In($"study/{file}")) is { Exists: true, Length: > 0 }, file);
        }

        // The log of each run has its own messages and none of other runs.
        string[] log = File.ReadAllLines(corpus.In("study/six/mlp/fold0-seed1/log.txt"));
        Assert.Matches("Z six/mlp fold 0 seed 1$", log[0]);
        Assert.Equal(2, log.Count(line => line.Contains("Z epoch ", StringComparison.Ordinal)));
        Assert.Matches(@"six/mlp fold 0 seed 1: test UAR \d+\.\d %, \d+ s$", log[^1]);

        // A second call has nothing left to do, and predictions alone give the same tables.
        string table = File.ReadAllText(corpus.In("study/table.csv")), pairs = File.ReadAllText(corpus.In("study/pairs.csv"));
        File.Delete(corpus.In("study/table.csv"));
        (code, _, error) = Ser(study);
        Assert.True(code == App.Done, error);
        Assert.Contains("8 runs, 0 to do", error, StringComparison.Ordinal);
        Assert.Equal(table, File.ReadAllText(corpus.In("study/table.csv")));

        // To choose by validation, all architectures must have finished the same folds.
        string moved = corpus.In("study/six/mlp/fold0-seed1"), aside = corpus.In("study/six/mlp/fold1-seed1");
        Directory.Move(moved, aside);
        (code, _, error) = Ser("release", corpus.In("study"), "--labels", "six", "--fold", "0", "--out", corpus.In("released"));
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("name one with --model", error, StringComparison.Ordinal);
        Directory.Move(aside, moved);

        // A released model answers like its run, except for the temperature.
        (code, output, error) = Ser("release", corpus.In("study"), "--labels", "six", "--fold", "0", "--out", corpus.In("released"));
        Assert.True(code == App.Done, error);
        Training.ModelCard card = Training.Checkpoint.ReadCard(corpus.In("released/six.ser"));
        Assert.Equal(("six", Studies.Release.Threshold), (card.Labels, card.Threshold));
        string validation = Path.Combine(corpus.In("study/six"), card.Name, "fold0-seed1", "validation.csv");
        IReadOnlyList<Prediction> kept = PredictionsFile.Read(validation).Rows;
        Assert.Equal(Calibration.Temperature(kept), card.Temperature);
        Assert.Subset(card.Heard!.ToHashSet(), kept.Select(row => row.Speaker).ToHashSet()); // These validation speakers calibrated it.
        string text = File.ReadAllText(corpus.In("released/six.md"));
        Assert.Contains($"{card.Name} on six classes", text, StringComparison.Ordinal);
        Assert.Contains($"a temperature of {card.Temperature:0.00}", text, StringComparison.Ordinal);
        Assert.Contains("| hiss (noise\\_db=5) |", text, StringComparison.Ordinal);
        Assert.True(new FileInfo(corpus.In("released/six-reliability.png")) is { Exists: true, Length: > 0 });
        (code, _, _) = Ser("release", corpus.In("study"), "--labels", "six", "--fold", "2", "--out", corpus.In("released"));
        Assert.Equal(App.WrongInput, code);
        (code, _, error) = Ser("release", corpus.In("study"), "--labels", "sxi", "--out", corpus.In("released"));
        Assert.Equal(App.WrongInput, code);
        Assert.Contains(
            "no finished run on sxi labels; there are runs on four, six; did you mean six?", error, StringComparison.Ordinal);
        (code, _, error) = Ser("release", corpus.In("study"), "--labels", "six", "--model", "mpl", "--out", corpus.In("released"));
        Assert.Equal(App.WrongInput, code);
        Assert.Contains(
            "no finished run of mpl on six labels; there are runs of cnn, cnn_lstm, lstm, mlp; did you mean mlp?", error,
            StringComparison.Ordinal);

        // `--weights` takes the weights of a further run of the same recipe, and of no other.
        string run = Path.Combine(corpus.In("study"), "six", card.Name, "fold0-seed1");
        Assert.Equal(App.Done, Ser("train", Path.Combine(run, "config.yaml"), "--set", "seed=2", "--out", corpus.In("further")).Code);
        string[] further = ["release", corpus.In("study"), "--labels", "six", "--fold", "0", "--out", corpus.In("shipped"), "--weights"];
        Assert.Equal(App.Done, Ser([.. further, corpus.In("further")]).Code);
        Assert.Equal(FirstWeights(corpus.In("further/checkpoints/best.ser")), FirstWeights(corpus.In("shipped/six.ser")));
        Assert.Contains("a further run of the recipe", File.ReadAllText(corpus.In("shipped/six.md")), StringComparison.Ordinal);
        Assert.Equal(App.WrongInput, Ser([.. further, Path.Combine(corpus.In("study"), "four", card.Name, "fold0-seed1")]).Code);
        Assert.Contains("recipe and a smaller split.validation", Ser([.. further, corpus.In("none")]).Error, StringComparison.Ordinal);

        // A study whose first run is still training cannot be published to.
        Directory.CreateDirectory(corpus.In("at-work/six/mlp/fold0-seed1"));
        File.Copy(Path.Combine(run, "config.yaml"), corpus.In("at-work/six/mlp/fold0-seed1/config.yaml"));
        (code, _, error) = Ser("report", corpus.In("study"), "--publish", corpus.In("at-work"));
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("so it is a study at work and no published one", error, StringComparison.Ordinal);

        // Published without weights, it still gives the same tables.
        Assert.Equal(App.Done, Ser("report", corpus.In("study"), "--publish", corpus.In("published")).Code);
        Assert.Empty(Directory.EnumerateFiles(corpus.In("published"), "*.ser", SearchOption.AllDirectories));
        Assert.Equal(App.Done, Ser("report", corpus.In("published")).Code);
        (code, _, error) = Ser("report", corpus.In("published/six/mlp/fold0-seed1")); // Its predictions are gzipped.
        Assert.True(code == App.Done, error);
        Assert.Equal(table, File.ReadAllText(corpus.In("published/table.csv")));
        Assert.Equal(pairs, File.ReadAllText(corpus.In("published/pairs.csv")));

        // Commands that need the weights say where they are.
        (code, _, error) = Ser("release", corpus.In("published"), "--labels", "six", "--out", corpus.In("released"));
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("published results keep no weights: the study's own folder", error, StringComparison.Ordinal);
        (code, _, error) = Ser("evaluate", corpus.In("published/six/mlp/fold0-seed1"), "--data", corpus.Data);
        Assert.Equal(App.WrongInput, code);
        Assert.Contains(
            "give a run's own folder (runs/…); a published result keeps no split and no weights", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_committed_results_follow_from_their_predictions()
    {
        string results = Path.Combine(Repository, "results");
        string[] studies =
            [.. Directory.EnumerateFiles(results, "study.json", SearchOption.AllDirectories).Select(file => Path.GetDirectoryName(file)!)];
        Assert.True(studies.Length >= 25);
        foreach (string study in studies)
        {
            string copy = corpus.In(Path.Combine("results", Path.GetRelativePath(results, study)));
            IEnumerable<string> allButPictures = Directory.EnumerateFiles(study, "*", SearchOption.AllDirectories)
                .Where(f => !f.EndsWith(".png", StringComparison.Ordinal));
            foreach (string file in allButPictures)
            {
                string target = Path.Combine(copy, Path.GetRelativePath(study, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }

            string[] tables = Tables(study);
            foreach (string table in tables)
            {
                File.Delete(Path.Combine(copy, table));
            }

            (int code, _, string error) = Ser("report", copy);
            Assert.True(code == App.Done, error);
            Assert.Equal(tables, Tables(copy));
            Assert.All(tables, table =>
                Assert.Equal(File.ReadAllText(Path.Combine(study, table)), File.ReadAllText(Path.Combine(copy, table))));
        }

        // A search or an ablation has only choices.csv. listeners.csv (people's answers) does not follow from any run.
        static string[] Tables(string folder) =>
        [
            .. Directory.EnumerateFiles(folder)
                .Select(file => Path.GetFileName(file))
                .Where(name => name == "report.md" || (name.EndsWith(".csv", StringComparison.Ordinal) && name != "listeners.csv"))
                .Order(StringComparer.Ordinal),
        ];
    }

    [Fact]
    public void A_study_on_the_built_in_voice_says_in_plain_words_that_it_is_synthetic()
    {
        (int code, _, string error) = Ser(
        [
            "compare", Path.Combine(Repository, "experiments", "quickstart", "study.yaml"), "--out", corpus.In("synthetic"),
            "--folds", "0", "--jobs", "1", .. Tiny,
            "--set", "models=[../../configs/models/mlp.yaml]", "--set", "labels=[four]", "--set", "features.mels=8",
        ]);
        Assert.True(code == App.Done, error);
        Assert.Contains(ProtocolText.SyntheticVoice, File.ReadAllText(corpus.In("synthetic/report.md")), StringComparison.Ordinal);
        string page = File.ReadAllText(corpus.In("synthetic/four/mlp/fold0-seed1/confusion.html"));
        Assert.Contains(ProtocolText.SyntheticVoice, page, StringComparison.Ordinal);
        Assert.StartsWith("The voice is synthetic", ProtocolText.SyntheticVoice, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_of_other_settings_are_not_pooled_nor_released_without_what_a_card_needs()
    {
        string[] study =
        [
            "compare", Path.Combine(Repository, "experiments", "quickstart", "study.yaml"), "--out", corpus.In("settings"),
            "--folds", "0", "--jobs", "1", .. Tiny, "--set", "models=[../../configs/models/mlp.yaml]", "--set", "labels=[four]",
            "--set", "train.select=last", "--set", "train.patience=0", "--set", "split.validation=0",
        ];
        (int code, _, string error) = Ser([.. study, "--data", corpus.Data]);
        Assert.True(code == App.Done, error);

        // Seed 1 is not asked for now, but the report would pool it.
        (code, _, error) = Ser([.. study, "--data", corpus.Data, "--seeds", "2", "--set", "train.epochs=3"]);
        Assert.Equal(App.WrongInput, code);
        Assert.Contains(
            "finished with other settings than are asked for now (train.epochs: 3; compare its config.yaml)", error,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(corpus.In("settings/four/mlp/fold0-seed2")));

        // A typo in the second label set is found before the runs of the first one start.
        (code, _, error) = Ser([.. study, "--data", corpus.Data, "--set", "labels=[four,sixx]", "--seeds", "2"]);
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("there is no label set 'sixx'; did you mean six?", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(corpus.In("settings/four/mlp/fold0-seed2")));

        // Two calls make one run each, and both commands are kept. A third call that finds both runs is then the one that repeats the
        // study.
        Assert.Equal(App.Done, Ser([.. study, "--data", corpus.Data, "--seeds", "3"]).Code);
        Assert.EndsWith("--seeds 3", Command(), StringComparison.Ordinal);
        Assert.Equal(App.Done, Ser([.. study, "--data", corpus.Data, "--seeds", "1,3"]).Code);
        Assert.EndsWith("--seeds 1,3", Command(), StringComparison.Ordinal);
        Assert.Equal(App.Done, Ser([.. study, "--data", corpus.Data, "--seeds", "1"]).Code);
        Assert.EndsWith("--seeds 1,3", Command(), StringComparison.Ordinal);

        // The same settings, and other sound. Seed 1 is not asked for here either.
        (code, _, error) = Ser([.. study, "--seeds", "2", "--data", corpus.Altered()]);
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("was made from other clips", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(corpus.In("settings/four/mlp/fold0-seed2")));

        (code, _, error) = Ser("release", corpus.In("settings"), "--labels", "four", "--fold", "0", "--out", corpus.In("nowhere"));
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("has no validation speakers (split.validation) to calibrate its probabilities on", error, StringComparison.Ordinal);

        string Command()
        {
            string json = File.ReadAllText(corpus.In("settings/study.json"));
            return System.Text.Json.JsonDocument.Parse(json).RootElement.GetProperty("notes").GetProperty("command").GetString()!;
        }
    }
}
