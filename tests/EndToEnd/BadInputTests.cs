using SpeechEmotion.Cli;
using static SpeechEmotion.Tests.MiniatureCorpus;

namespace SpeechEmotion.Tests;

[Collection("miniature")]
public class BadInputTests(MiniatureCorpus corpus)
{
    [Fact]
    public void A_missing_folder() =>
        Wrong("nowhere: no such folder", "train", Config("base.yaml"), "--data", corpus.In("nowhere"), "--out", corpus.In("bad1"));

    [Fact]
    public void A_missing_corpus() => Wrong("no usable files of ravdess", corpus.Train("mlp", "bad2", "--set", "data.corpora=[ravdess]"));

    [Fact]
    public void A_typo_in_an_override() => Wrong("train.epochs", corpus.Train("mlp", "bad3", "--set", "train.epoch=5"));

    [Fact]
    public void A_label_set_with_a_class_that_has_no_example()
    {
        string labels = corpus.In("labels.yaml");
        File.WriteAllText(labels, "classes: [anger, bored]\nmap:\n  synthetic: {anger: anger}\n");
        Wrong(
            "class 'bored' of label set 'labels' has no example on the train side",
            corpus.Train("mlp", "bad4", "--set", $"data.labels={labels}"));
    }

    [Fact]
    public void A_label_set_that_takes_none_of_the_labels()
    {
        const string Said = "the data: label set 'eight' (data.labels) takes none of the labels there (anger, ";
        Wrong(Said, corpus.Train("mlp", "bad7", "--set", "data.labels=eight"));
        string study = Path.Combine(Repository, "experiments", "quickstart", "study.yaml");
        (int code, _, string error) = Ser(
            ["compare", study, "--data", corpus.Data, "--out", corpus.In("bad8"), "--jobs", "2", .. Tiny, "--set", "labels=[eight]"]);
        Assert.Equal(App.WrongInput, code);
        Assert.Single(error.Split('\n'), line => line.Contains(Said, StringComparison.Ordinal)); // Once, and not by each process.
    }

    [Fact]
    public void Words_that_a_label_set_does_not_know_are_told_where_they_leave_too_little()
    {
        string folder = corpus.In("words/mine");
        Directory.CreateDirectory(folder);
        List<string> rows = ["file,speaker,emotion"];
        foreach (string clip in Directory.EnumerateFiles(corpus.Data, "*.wav", SearchOption.AllDirectories))
        {
            string name = Path.GetFileName(clip);
            File.Copy(clip, Path.Combine(folder, name));
            rows.Add($"{name},{name[..3]},{(name.Contains("happy", StringComparison.Ordinal) ? "overjoyed" : "anger")}");
        }

        File.WriteAllLines(Path.Combine(folder, "corpus.csv"), rows);
        (int code, _, string error) = Ser(
            [.. corpus.Train("mlp", "bad9").Select(word => word == corpus.Data ? corpus.In("words") : word)]);
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("clips are left out, whose emotion 'four' does not know (overjoyed)", error, StringComparison.Ordinal);
        Assert.Contains("class 'happy' of label set 'four' has no example", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_split_without_validation_says_all_that_must_be_set()
    {
        string[] last = ["--set", "train.select=last", "--set", "train.patience=0"];
        Assert.Equal(App.Done, Ser([.. corpus.Train("mlp", "no-validation", last), "--set", "split.validation=0"]).Code);
        string[] again = corpus.Train("mlp", "of-its-split", "--set", $"split.file={corpus.In("no-validation/split.json")}");
        Wrong("set train.select: last, train.patience: 0 and split.scored: test, or take another split", again);
        (int code, _, string error) = Ser([.. again, .. last]);
        Assert.True(code == App.Done, error);
        Assert.Contains("; last epoch 2", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fold_that_does_not_exist() => Wrong("fold", corpus.Train("mlp", "bad5", "--set", "split.fold=3"));

    [Fact]
    public void More_folds_than_speakers() => Wrong("take fewer folds", corpus.Train("mlp", "bad6", "--set", "split.folds=7"));

    [Fact]
    public void A_folder_that_holds_another_run()
    {
        Assert.Equal(App.Done, Ser(corpus.Train("mlp", "taken")).Code);
        Wrong("add --resume", corpus.Train("mlp", "taken"));
        Wrong("holds a run of another config", corpus.Train("cnn", "taken", "--resume"));
    }

    [Fact]
    public void A_mistake_is_corrected_in_the_same_folder()
    {
        Wrong(
            "--set train.labels: there is no label set 'al'; did you mean all?",
            corpus.Train("mlp", "mended", "--set", "train.labels=al"));
        Assert.False(Directory.Exists(corpus.In("mended")));
        Assert.Equal(App.Done, Ser(corpus.Train("mlp", "mended", "--set", "train.labels=all")).Code);
    }

    // Before the first run begins, not half-way through the study.
    [Theory]
    [InlineData("model: {name: cnn, planes: 3}", "second.yaml: model.planes: 16 values a frame do not fill 3 planes; ")]
    [InlineData("model: {name: hierarchical_mlp}", "second.yaml: model.name: 'hierarchical_mlp' tells four classes apart")]
    [InlineData("features: {fft_size: 64, hop: 64}", "features.mels: 16 are too many for features.fft_size 64: ")]
    public void A_model_of_which_nothing_can_be_made(string second, string message)
    {
        string study = corpus.In("unmade.yaml");
        File.WriteAllText(corpus.In("second.yaml"), second);
        File.WriteAllText(
            study,
            $"name: unmade\nbase: {Config("base.yaml")}\nlabels: [six]\nmodels: [{Config("models/mlp.yaml")}, second.yaml]\n");
        Wrong(message, ["compare", study, "--data", corpus.Data, "--out", corpus.In("unmade"), "--jobs", "1", .. Tiny]);
        Assert.False(Directory.Exists(corpus.In("unmade")) && Directory.EnumerateDirectories(corpus.In("unmade")).Any());
    }

    [Fact]
    public void A_checkpoint_that_is_none()
    {
        string file = corpus.In("model.ser");
        File.WriteAllText(file, "not a checkpoint");
        Wrong("no checkpoint, or a damaged one", "predict", "clip.wav", "--model", file);
        Wrong("neither a file or folder nor a released model", "predict", "clip.wav", "--model", corpus.In("none.ser"));
        Wrong("foru: neither a file or folder nor a released model; there are four and six; did you mean four?", "evaluate", "foru");
    }

    [Fact]
    public void A_bad_sound_file_among_good_ones_does_not_hide_their_answers()
    {
        Assert.Equal(App.Done, Ser(corpus.Train("mlp", "for-bad-files")).Code);
        string bad = corpus.In("bad.wav"), good = Directory.EnumerateFiles(corpus.Data, "*.wav", SearchOption.AllDirectories).First();
        File.WriteAllBytes(bad, []);
        (int code, string output, string error) = Ser("predict", bad, good, "--model", corpus.In("for-bad-files"), "--format", "csv");
        Assert.Equal(App.WrongInput, code);
        Assert.Contains(bad, error, StringComparison.Ordinal);
        Assert.Contains(good, output, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_none_of_which_can_be_read_normalise_nothing()
    {
        string bad = corpus.In("none.wav");
        File.WriteAllBytes(bad, []);
        (int code, string output, string error) = Ser("predict", bad, "--normalise", "corpus", "--format", "csv");
        Assert.Equal((App.WrongInput, ""), (code, output));
        Assert.Contains(bad, error, StringComparison.Ordinal);
        Assert.DoesNotContain("normalised by all 0", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_that_cannot_be_written_are_no_fault_of_the_sound_files()
    {
        string[] clips = [.. Directory.EnumerateFiles(corpus.Data, "*.wav", SearchOption.AllDirectories).Take(3)];
        StringWriter error = new();
        int code = App.Run(["predict", .. clips, "--format", "csv"], new Full(), error, TestContext.Current.CancellationToken);
        Assert.Equal((App.Failed, "error: No space left on device"), (code, error.ToString().TrimEnd()));
    }

    private sealed class Full : StringWriter
    {
        public override void Write(char value) => throw new IOException("No space left on device");

        public override void Write(string? value) => throw new IOException("No space left on device");

        public override void WriteLine(string? value) => throw new IOException("No space left on device");
    }

    [Fact]
    public void Ctrl_C_keeps_what_is_finished_and_says_so()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        (int code, _, string error) = Ser(stop.Token, corpus.Train("mlp", "stopped"));
        Assert.Equal(App.Stopped, code);
        Assert.Contains("what was finished is kept", error, StringComparison.Ordinal);
        Assert.Equal(App.Done, Ser(corpus.Train("mlp", "stopped", "--resume")).Code);
    }

    [Fact]
    public void A_full_disk_is_one_line_and_the_old_file_stays()
    {
        string file = corpus.In("kept.txt");
        AtomicFile.WriteText(file, "old");
        StringWriter error = new();
        int code = App.Guard(
            () =>
            {
                // The device that is always full gives the system's own error.
                AtomicFile.Write(file, stream =>
                {
                    stream.WriteByte(1);
                    using FileStream full = new("/dev/full", FileMode.Open, FileAccess.Write);
                    full.Write(new byte[1 << 16]);
                    full.Flush();
                });
                return App.Done;
            },
            error, verbose: false);
        Assert.Equal(App.Failed, code);
        Assert.StartsWith("error: ", error.ToString(), StringComparison.Ordinal);
        Assert.Single(error.ToString().TrimEnd().Split('\n'));
        Assert.Equal("old", File.ReadAllText(file));
        Assert.Empty(Directory.EnumerateFiles(corpus.Folder, "*.tmp"));
    }

    private static void Wrong(string message, params string[] arguments)
    {
        (int code, _, string error) = Ser(arguments);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Equal(App.WrongInput, code);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
