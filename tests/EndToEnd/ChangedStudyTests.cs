using SpeechEmotion.Audio;
using SpeechEmotion.Cli;
using SpeechEmotion.Evaluation;
using static SpeechEmotion.Tests.MiniatureCorpus;

namespace SpeechEmotion.Tests;

/// <summary>Studies whose second call asks for something else than the first.</summary>
[Collection("miniature")]
public class ChangedStudyTests(MiniatureCorpus corpus)
{
    [Fact]
    public void Runs_of_two_versions_of_a_label_file_are_not_pooled()
    {
        string labels = corpus.In("mine.yaml"), study = Study("edited", $"labels: [{labels}]\nset: {{split: {{kind: grouped}}}}\n");
        const string Before = "classes: [up, down]\nmap: {synthetic: {anger: up, happy: up, sad: down, neutral: down}}\n";
        File.WriteAllText(labels, Before);
        Assert.Equal(App.Done, Compare(study, "edited", "mlp").Code);

        File.WriteAllText(labels, Before.Replace("neutral: down", "neutral: up", StringComparison.Ordinal));
        (int code, string error) = Compare(study, "edited", "mlp", "--seeds", "1,2");
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("seed1: was made with another version of label set '", error, StringComparison.Ordinal);

        // Alone in a folder of its own the second version is a study. Its runs among those of the first are found out by the report.
        (code, error) = Compare(study, "edited-second", "mlp", "--seeds", "2");
        Assert.True(code == App.Done, error);
        foreach (string fold in new[] { "fold0", "fold1", "fold2" })
        {
            Directory.Move(corpus.In($"edited-second/mine/mlp/{fold}-seed2"), corpus.In($"edited/mine/mlp/{fold}-seed2"));
        }

        // Runs of before class_hash was kept are found out by their predictions.
        foreach (string file in Directory.EnumerateFiles(corpus.In("edited"), "environment.json", SearchOption.AllDirectories))
        {
            FactsFile.Write(file, FactsFile.Read<RunFacts>(file) with { ClassHash = null });
        }

        (code, _, error) = Ser("report", corpus.In("edited"));
        Assert.Equal(App.WrongInput, code);
        Assert.Matches(
            @"was made with another version of label set 'mine' or of a corpus.csv \(\S+ is (up and was down|down and was up)\)", error);
    }

    /// <summary>TESS's two speakers train alone, so no prediction is of their clips.</summary>
    [Fact]
    public void Nor_are_runs_of_two_versions_that_differ_in_what_only_trains()
    {
        string labels = corpus.In("theirs.yaml"), data = corpus.In("with-tess");
        string study = Study("taught-otherwise", $"labels: [{labels}]\nset: {{split: {{kind: grouped}}}}\n");
        string[] sounds = [.. Directory.EnumerateFiles(corpus.Data, "*.wav", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        foreach (string from in sounds)
        {
            string to = Path.Combine(data, Path.GetRelativePath(corpus.Data, from));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to);
        }

        Directory.CreateDirectory(Path.Combine(data, "tess"));
        foreach ((int place, string name) in new[] { "OAF_back_angry", "OAF_bar_sad", "YAF_back_angry", "YAF_bar_sad" }.Index())
        {
            float[] samples = [.. AudioFile.Read(sounds[place]).Samples.Reverse()]; // A copy would be found out as one.
            WavWriter.Write(Path.Combine(data, "tess", name + ".wav"), samples, 16000);
        }

        const string Before = "classes: [up, down]\n"
            + "map: {synthetic: {anger: up, happy: up, sad: down, neutral: down}, tess: {angry: up, sad: down}}\n";
        File.WriteAllText(labels, Before);
        Assert.Equal(App.Done, On("taught-otherwise").Code);
        Assert.DoesNotContain(
            PredictionsFile.Read(corpus.In("taught-otherwise/theirs/mlp/fold0-seed1/predictions.csv")).Rows, row => row.Corpus == "tess");

        File.WriteAllText(labels, Before.Replace("{angry: up, sad: down}", "{angry: down, sad: up}", StringComparison.Ordinal));
        (int code, string error) = On("taught-otherwise", "--seeds", "1,2");
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("seed1: was made with another version of label set '", error, StringComparison.Ordinal);

        (code, error) = On("taught-otherwise-second", "--seeds", "2", "--folds", "0");
        Assert.True(code == App.Done, error);
        Directory.Move(
            corpus.In("taught-otherwise-second/theirs/mlp/fold0-seed2"), corpus.In("taught-otherwise/theirs/mlp/fold0-seed2"));
        (code, _, error) = Ser("report", corpus.In("taught-otherwise"));
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("(class_hash in its environment.json)", error, StringComparison.Ordinal);

        (int Code, string Error) On(string name, params string[] more)
        {
            string[] given = ["compare", study, "--data", data, "--out", corpus.In(name), "--jobs", "1"];
            (int code, _, string error) = Ser([.. given, .. Tiny, .. more]);
            return (code, error);
        }
    }

    [Fact]
    public void A_run_does_not_go_on_with_another_version_of_its_label_file()
    {
        string labels = corpus.In("yours.yaml");
        const string Before = "classes: [up, down]\nmap: {synthetic: {anger: up, happy: up, sad: down, neutral: down}}\n";
        File.WriteAllText(labels, Before);
        string[] train = corpus.Train("mlp", "half", "--set", $"data.labels={labels}");
        Assert.Equal(App.Done, Ser(train).Code);
        File.Delete(corpus.In("half/metrics.json")); // as of a run that was stopped
        File.WriteAllText(labels, Before.Replace("neutral: down", "neutral: up", StringComparison.Ordinal));
        (int code, _, string error) = Ser([.. train, "--resume"]);
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("last.ser: was trained with another version of label set '", error, StringComparison.Ordinal);
        File.WriteAllText(labels, Before);
        Assert.Equal(App.Done, Ser([.. train, "--resume"]).Code);
    }

    [Fact]
    public void A_run_is_evaluated_by_its_label_file_as_it_is_now_and_where_that_is_gone_as_it_was()
    {
        string labels = corpus.In("ours.yaml"), run = corpus.In("ours-run");
        const string Before = "classes: [up, down]\nmap: {synthetic: {anger: up, happy: up, sad: down, neutral: down}}\n";
        File.WriteAllText(labels, Before);
        Assert.Equal(App.Done, Ser(corpus.Train("mlp", "ours-run", "--set", $"data.labels={labels}")).Code);
        (int clips, string said) = Evaluate();
        Assert.DoesNotContain("has changed", said, StringComparison.Ordinal);

        File.WriteAllText(labels, Before.Replace(", neutral: down", "", StringComparison.Ordinal));
        (int fewer, said) = Evaluate();
        Assert.True(fewer < clips);
        Assert.Contains($"{labels} has changed since ours-run was trained, and is taken as it is now", said, StringComparison.Ordinal);

        File.Delete(labels);
        Assert.Equal(clips, Evaluate().Clips);
        Directory.Delete(Path.Combine(run, "labels"), true);
        (int code, _, string error) = Ser("evaluate", run, "--data", corpus.Data);
        Assert.Equal(App.WrongInput, code);
        Assert.Contains($"there is no file '{labels}' in the working folder", error, StringComparison.Ordinal);

        (int Clips, string Said) Evaluate()
        {
            (int code, _, string error) = Ser("evaluate", run, "--data", corpus.Data, "--on", "synthetic");
            Assert.True(code == App.Done, error);
            return (PredictionsFile.Read(Path.Combine(run, "evaluations/synthetic/predictions.csv")).Rows.Count, error);
        }
    }

    /// <summary>A task of a cluster reads the model's file when it starts, which may be days after it was submitted.</summary>
    [Fact]
    public void A_run_of_a_model_file_that_was_edited_meanwhile_is_not_pooled_with_the_runs_before()
    {
        string model = corpus.In("mine/net.yaml"), study = Study("tasks", "set: {split: {kind: grouped}}\n");
        Directory.CreateDirectory(corpus.In("mine"));
        File.WriteAllText(model, "model: {name: mlp, hidden: [32]}\n");
        string[] compare =
        [
            "compare", study, "--data", corpus.Data, "--out", corpus.In("tasks"), "--jobs", "1", .. Tiny, "--set", $"models=[{model}]",
        ];
        Assert.Equal(App.Done, Ser([.. compare, "--folds", "0,1"]).Code);
        File.WriteAllText(model, "model: {name: mlp, hidden: [8]}\n");
        (int code, _, string error) = Ser([.. compare, "--only", "four/net/fold2-seed1"]);
        Assert.True(code == App.Done, error);
        (code, _, error) = Ser("report", corpus.In("tasks"));
        Assert.Equal(App.WrongInput, code);
        Assert.Contains(
            $"{corpus.In("tasks/four/net/fold2-seed1")}: was made with other settings (model.hidden: [8]; see its config.yaml) "
                + $"than {corpus.In("tasks/four/net/fold0-seed1")}, so the two are not of one study; remove the wrong one",
            error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_two_calls_of_a_search_chose_is_kept()
    {
        string study = Study(
            "halves",
            "folds: [0]\nset: {split: {kind: grouped, scored: validation}}\n"
            + "search: {space: [{key: train.learning_rate, values: [0.001, 0.01]}]}\n");
        Assert.Equal(App.Done, Compare(study, "halves", "mlp").Code);
        (int code, string error) = Compare(study, "halves", "cnn");
        Assert.True(code == App.Done, error);
        Assert.True(File.Exists(corpus.In("halves/chosen/four/mlp.yaml")));
        Assert.True(File.Exists(corpus.In("halves/chosen/four/cnn.yaml")));
        string report = File.ReadAllText(corpus.In("halves/report.md"));
        Assert.Contains("## mlp, four classes", report, StringComparison.Ordinal);
        Assert.Contains("over 1 run (one a fold and seed) of each setting", report, StringComparison.Ordinal);
        Assert.DoesNotContain("runs are finished", report, StringComparison.Ordinal);

        // The rows of another search would have names that mean other settings.
        File.WriteAllText(study, File.ReadAllText(study).Replace("0.01]", "0.02]", StringComparison.Ordinal));
        (code, error) = Compare(study, "halves", "lstm");
        Assert.Equal(App.WrongInput, code);
        Assert.Matches("halves: holds four/mlp-p0[01]/fold0-seed1, of a `search` or `variants` in which mlp-p0[01] is another", error);
    }

    private string Study(string name, string more)
    {
        string file = corpus.In(name + ".yaml");
        File.WriteAllText(file, $"name: {name}\nbase: {Config("base.yaml")}\nmodels: [{Config("models/mlp.yaml")}]\n{more}");
        return file;
    }

    private (int Code, string Error) Compare(string study, string folder, string model, params string[] more)
    {
        (int code, _, string error) = Ser(
        [
            "compare", study, "--data", corpus.Data, "--out", corpus.In(folder), "--jobs", "1", .. Tiny,
            "--set", $"models=[{Config($"models/{model}.yaml")}]", .. more,
        ]);
        return (code, error);
    }
}
