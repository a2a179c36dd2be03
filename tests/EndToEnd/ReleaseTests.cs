using SpeechEmotion.Cli;
using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Labels;
using SpeechEmotion.Reporting;
using SpeechEmotion.Splits;
using SpeechEmotion.Studies;
using SpeechEmotion.Training;
using static SpeechEmotion.Tests.MiniatureCorpus;

namespace SpeechEmotion.Tests;

[Collection("miniature")]
public class ReleaseTests(MiniatureCorpus corpus)
{
    /// <summary>`split.validation` says nothing about a saved split.</summary>
    [Theory]
    [InlineData(0.0, "0.15")]
    [InlineData(0.3, "0")]
    public void A_model_is_released_where_somebody_validated_whatever_the_config_says_beside_a_saved_split(double share, string said)
    {
        string folder = corpus.In($"saved-{share}"), file = folder + ".json";
        SpeechData data = SpeechData.Open(new DataOptions { Root = corpus.Data }, new Silence());
        SplitOptions sides = new() { Folds = 3, Validation = share };
        SplitFile.Write(file, SplitFactory.Create(sides, data.Select(LabelSets.Load("four")).Utterances, 1));
        string[] saved = ["--set", $"split.file={file}", "--set", $"split.validation={said}"];
        Compare(folder, "mlp", ["--folds", "0", "--set", "train.select=last", .. saved]);
        (int code, _, string error) = Ser("release", folder, "--labels", "four", "--out", corpus.In("saved-released"));
        Assert.True(code == (share > 0 ? App.Done : App.WrongInput), error);
        Assert.Equal(share == 0, error.Contains("has no validation speakers (split.validation)", StringComparison.Ordinal));
    }

    /// <summary>Whichever architecture its validation speakers prefer, and however well it was tested.</summary>
    [Fact]
    public void The_architecture_is_chosen_by_validation()
    {
        string folder = corpus.In("chosen");
        Compare(folder, "mlp cnn", "--folds", "0");
        foreach ((string better, string worse) in new[] { ("mlp", "cnn"), ("cnn", "mlp") })
        {
            Validate(better, 0.9);
            Validate(worse, 0.8);
            Assert.Equal(better, Release.Make(new StudyFolder(folder), "four", null, 0, 1, null, corpus.In("chosen-out")).Run.Model);
        }

        void Validate(string model, double uar)
        {
            string history = Path.Combine(folder, "four", model, "fold0-seed1", "history.csv");
            HistoryFile.Write(history, [.. HistoryFile.Read(history).Select(row => row with { ValidationUar = uar })]);
        }
    }

    [Fact]
    public void A_run_is_judged_by_the_validation_of_the_epoch_whose_weights_it_kept()
    {
        RunResult run = MadeUpStudy.Results()[0];
        Assert.InRange(run.Facts.BestEpoch, 2, run.History.Count - 1); // neither the first epoch nor the last
        Assert.Distinct(run.History.Select(row => row.ValidationUar));
        Assert.Equal(run.History.Single(row => row.Epoch == run.Facts.BestEpoch).ValidationUar, ReleaseRecipe.Validated(run));
    }

    /// <summary>The temperature is fitted on the validation speakers of all folds.</summary>
    [Fact]
    public void A_released_model_names_whom_its_weights_and_its_temperature_heard_and_the_corpora_that_trained_it()
    {
        string folder = corpus.In("heard"), mlp = Path.Combine(folder, "four", "mlp");
        Compare(folder, "mlp");
        RunFolder run = new(Path.Combine(mlp, "fold0-seed1"));
        Split split = SplitFile.ReadKeys(run.Split);
        SplitFile.Write(run.Split, split with { Train = ["b/1", "a/1", "b/2"] });
        ReleaseFacts facts = Release.Make(new StudyFolder(folder), "four", null, 0, 1, null, corpus.In("heard-released"));
        Assert.Equal(["a", "b"], facts.Corpora);

        string[] trained = [.. Checkpoint.ReadCard(run.Best).Heard!];
        string[] validated = [.. Rows(mlp, "validation.csv").Select(row => row.Speaker).Distinct()];
        Assert.NotEmpty(trained.Except(validated));
        Assert.NotEmpty(validated.Except(trained));
        Assert.Equal(
            trained.Union(validated).Order(StringComparer.Ordinal), Checkpoint.ReadCard(corpus.In("heard-released/four.ser")).Heard);
    }

    [Theory]
    [InlineData("split.kind=random", "was tested on speakers that it had heard (split.kind)")]
    [InlineData("train.normalise=speaker", "is normalised by speaker (train.normalise) and cannot hear a single clip")]
    public void What_says_nothing_about_one_clip_of_a_new_voice_is_not_released(string setting, string why)
    {
        string folder = corpus.In(setting);
        Compare(folder, "mlp", "--folds", "0", "--set", setting);
        (int code, _, string error) = Ser("release", folder, "--labels", "four", "--fold", "0", "--out", corpus.In("not-released"));
        Assert.Equal(App.WrongInput, code);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.False(File.Exists(corpus.In("not-released/four.ser")));
    }

    /// <summary>A validation speaker of one fold is a test speaker of another.</summary>
    [Fact]
    public void What_a_card_says_of_calibration_is_of_speakers_who_did_not_calibrate()
    {
        string folder = corpus.In("calibrated"), mlp = Path.Combine(folder, "four", "mlp");
        Compare(folder, "mlp");
        ReleaseFacts facts = Release.Make(new StudyFolder(folder), "four", null, 0, 1, null, corpus.In("calibrated-released"));
        Prediction[] validation = [.. Rows(mlp, "validation.csv")], test = [.. Rows(mlp, "predictions.csv", 0)];
        string[] tested = [.. test.Select(row => row.Speaker).Distinct()];
        Prediction[] others = [.. validation.Where(row => !tested.Contains(row.Speaker))];
        Assert.True(others.Length < validation.Length);
        double temperature = Calibration.Temperature(others);
        Assert.NotEqual(facts.Scores.Temperature, temperature);
        Assert.All(test, row => Assert.Equal(
            Calibration.Scale(row.Probabilities, temperature), facts.Scores.After.Single(after => after.Key == row.Key).Probabilities));
    }

    [Fact]
    public void A_card_says_how_far_probabilities_can_be_believed_in_noise_and_which_clips_the_file_holds()
    {
        string folder = corpus.In("card"), kernel = Path.Combine(folder, "four", "kernel");
        Compare(
            folder, "kernel", "--set", "train.epochs=1", "--set", "features.mfccs=8", "--set", "augment.copies=1", "--set",
            "augment.noise_db=10", "--set", "conditions=[{name: hiss, alter: [noise_db=1]}]");
        ReleaseFacts facts = Release.Make(new StudyFolder(folder), "four", null, 0, 1, null, corpus.In("card-released"));
        string text = File.ReadAllText(corpus.In("card-released/four.md"));

        // In noise, too, at the temperature that was fitted without these speakers.
        IReadOnlyList<Prediction> hiss = facts.Scores.Conditions.Single().Value;
        Assert.Equal(facts.Scores.Before.Select(row => row.Key), hiss.Select(row => row.Key));
        Prediction[] raw = [.. Rows(kernel, Path.Combine("conditions", "noise_db=1.csv"), 0)];
        HashSet<string> tested = [.. raw.Select(row => row.Speaker)];
        double temperature = Calibration.Temperature([.. Rows(kernel, "validation.csv").Where(row => !tested.Contains(row.Speaker))]);
        Assert.Equal(
            raw.Select(row => Calibration.Scale(row.Probabilities, temperature)), hiss.Take(raw.Length).Select(row => row.Probabilities));
        Prediction[] sure = [.. hiss.Where(row => row.Probabilities.Max() >= Release.Threshold)];
        string error = ReportText.Percent(Calibration.Error(hiss)), answered = ReportText.Percent((double)sure.Length / hiss.Count);
        string right = ReportText.Percent(sure.Average(row => row.Predicted == row.Truth ? 1.0 : 0.0));
        Assert.Contains($"| hiss (noise\\_db=1) | {error} | {answered} | {right} |", text, StringComparison.Ordinal);

        int clips = 2 * SplitFile.ReadKeys(Path.Combine(kernel, "fold0-seed1", "split.json")).Train.Count;
        Assert.Contains(
            $" and {clips} × {facts.Held!.Value.Values} numbers: statistics of {clips} training clips, altered copies among them;", text,
            StringComparison.Ordinal);
    }

    /// <summary>Rows of a file of one fold's run, or of those of all three.</summary>
    private static IEnumerable<Prediction> Rows(string model, string file, int? fold = null) => Enumerable.Range(0, 3)
        .Where(number => number == (fold ?? number))
        .SelectMany(number => PredictionsFile.Read(Path.Combine(model, $"fold{number}-seed1", file)).Rows);

    /// <summary>A small study of four classes.</summary>
    private void Compare(string folder, string models, params string[] more)
    {
        string files = string.Join(", ", models.Split(' ').Select(model =>
            $"../../{(model == "kernel" ? "experiments/search" : "configs")}/models/{model}.yaml"));
        (int code, _, string error) = Ser(
        [
            "compare", Path.Combine(Repository, "experiments", "quickstart", "study.yaml"), "--data", corpus.Data, "--out", folder,
            "--jobs", "1", .. Tiny, "--set", $"models=[{files}]", "--set", "labels=[four]", .. more,
        ]);
        Assert.True(code == App.Done, error);
    }
}
