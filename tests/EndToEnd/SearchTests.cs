using SpeechEmotion.Cli;
using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using static SpeechEmotion.Tests.MiniatureCorpus;

namespace SpeechEmotion.Tests;

[Collection("miniature")]
public class SearchTests(MiniatureCorpus corpus)
{
    private string Study(string name, string more)
    {
        string file = corpus.In($"{name}.yaml");
        File.WriteAllText(
            file,
            $$$"""
            name: {{{name}}}
            base: {{{Config("base.yaml")}}}
            models: [{{{Config("models/mlp.yaml")}}}]
            set: {split: {kind: grouped, scored: validation}}
            {{{more}}}
            """);
        return file;
    }

    private string[] Compare(string study, string name) =>
        ["compare", study, "--data", corpus.Data, "--out", corpus.In(name), "--folds", "0,1", "--jobs", "1", .. Tiny];

    [Fact]
    public void A_search_chooses_on_validation_and_never_opens_the_test_side()
    {
        string study = Study(
            "search",
            "search: {points: 3, space: "
            + "[{key: train.learning_rate, values: [0.001, 0.01]}, {key: model.hidden, values: ['[16]', '[8]']}]}\n");
        (int code, _, string error) = Ser(Compare(study, "searched"));
        Assert.True(code == App.Done, error);
        Assert.Contains("6 runs, 6 to do", error, StringComparison.Ordinal);

        string run = corpus.In("searched/four/mlp-p00/fold0-seed1");
        HashSet<string> scored = [.. PredictionsFile.Read(Path.Combine(run, "predictions.csv")).Rows.Select(r => r.Key)];
        Splits.Split split = Splits.SplitFile.ReadKeys(Path.Combine(run, "split.json"));
        Assert.Equal(split.Validation.Order(), scored.Order());
        Assert.Empty(split.Test.Intersect(scored));

        // The chosen setting has the best mean validation UAR over the last epochs (two here), and its config can be trained as it is.
        string[][] rows = [.. File.ReadLines(corpus.In("searched/choices.csv")).Skip(1).Select(line => line.Split(','))];
        double Score(string setting, params int[] folds) => folds.Average(fold =>
            HistoryFile.Read(corpus.In($"searched/four/{setting}/fold{fold}-seed1/history.csv")).Average(r => r.ValidationUar));
        Assert.Equal(3, rows.Length);
        Assert.All(rows, row =>
            Assert.Equal(Score(row[2], 0, 1), double.Parse(row[4], System.Globalization.CultureInfo.InvariantCulture), 1e-12));
        string best = rows.MaxBy(row => Score(row[2], 0, 1))![2], chosen = corpus.In("searched/chosen/four/mlp.yaml");
        Assert.StartsWith($"# {best} of study search", File.ReadAllText(chosen), StringComparison.Ordinal);
        RunConfig config = ConfigReader.ReadRun([Config("base.yaml"), chosen], []);
        RunConfig ran = ConfigReader.ReadRun([corpus.In($"searched/four/{best}/fold0-seed1/config.yaml")], []);
        ran = ran with { Data = config.Data, Split = config.Split, Device = config.Device, Threads = config.Threads };
        Assert.Equal(ConfigWriter.ToYaml(ran), ConfigWriter.ToYaml(config));
        string report = File.ReadAllText(corpus.In("searched/report.md"));
        Assert.Contains("VALIDATION", report, StringComparison.Ordinal);
        Assert.Contains("learning\\_rate=0.01", report, StringComparison.Ordinal);
        Assert.Contains("| Folds | 0, 1 |", report, StringComparison.Ordinal);
        string commit = FactsFile.Read<RunFacts>(Path.Combine(run, "environment.json")).Commit;
        Assert.Contains($"| Commit | {commit} |", report, StringComparison.Ordinal);
        Assert.DoesNotContain("not varied", report, StringComparison.Ordinal);

        // No model of a search is released, since nothing shows how it does on new speakers. Published, the search gives the same table.
        (code, _, _) = Ser("release", corpus.In("searched"), "--labels", "four", "--fold", "0", "--out", corpus.In("none"));
        Assert.Equal(App.WrongInput, code);
        Assert.Equal(App.Done, Ser("report", corpus.In("searched"), "--publish", corpus.In("searched-public")).Code);
        Assert.Equal(File.ReadAllText(corpus.In("searched/choices.csv")), File.ReadAllText(corpus.In("searched-public/choices.csv")));
        Assert.Equal(File.ReadAllText(chosen), File.ReadAllText(corpus.In("searched-public/chosen/four/mlp.yaml")));

        // With a run missing, settings are compared on the folds that all of them have finished: fold 0.
        Directory.Delete(corpus.In("searched-public/four/mlp-p00/fold1-seed1"), recursive: true);
        (code, string screen, _) = Ser("report", corpus.In("searched-public"));
        Assert.Equal(App.Done, code);
        string score = (100 * Score("mlp-p01", 0)).ToString("f1", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Matches($@"mlp-p01 \|\s+{score} \|", screen);
        rows = [.. File.ReadLines(corpus.In("searched-public/choices.csv")).Skip(1).Select(line => line.Split(','))];
        Assert.Equal(3, rows.Length);
        Assert.All(rows, row =>
            Assert.Equal(Score(row[2], 0), double.Parse(row[4], System.Globalization.CultureInfo.InvariantCulture), 1e-12));
        report = File.ReadAllText(corpus.In("searched-public/report.md"));
        Assert.Contains("2 runs of folds that not every setting has heard are left out", report, StringComparison.Ordinal);

        // Without a fold that all have finished there is no comparison, and the report says so.
        Directory.Delete(corpus.In("searched-public/four/mlp-p01/fold0-seed1"), recursive: true);
        Assert.Equal(App.Done, Ser("report", corpus.In("searched-public")).Code);
        Assert.Contains("nothing is chosen yet", File.ReadAllText(corpus.In("searched-public/report.md")), StringComparison.Ordinal);
        Assert.False(File.Exists(corpus.In("searched-public/chosen/four/mlp.yaml")));
    }

    /// <summary>Of three points both keys of the search above have both values; one point leaves each at its first.</summary>
    [Fact]
    public void A_report_names_what_the_draws_left_as_it_was()
    {
        string study = Study("one-point", "search: {points: 1, space: [{key: model.hidden, values: ['[16]', '[8]']}]}\n");
        (int code, _, string error) = Ser(Compare(study, "one-point"));
        Assert.True(code == App.Done, error);
        string report = File.ReadAllText(corpus.In("one-point/report.md")).Replace("\\", "", StringComparison.Ordinal);
        Assert.Contains("What was not varied, since all points drew one value: mlp model.hidden=[16].", report, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ablation_holds_each_row_against_the_first()
    {
        string study = Study(
            "ablation",
            "variants: [{name: all}, {name: no-gain, set: [augment.gain_db=0]}, {name: speaker, set: [train.normalise=speaker]}]\n");
        (int code, _, string error) = Ser(Compare(study, "ablated"));
        Assert.True(code == App.Done, error);
        string[][] rows = [.. File.ReadLines(corpus.In("ablated/choices.csv")).Skip(1).Select(line => line.Split(','))];
        Assert.Equal(["mlp-all", "mlp-no-gain", "mlp-speaker"], rows.Select(r => r[2]));
        Assert.Equal("0", rows[0][5]);
        double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(Number(rows[1][4]) - Number(rows[0][4]), Number(rows[1][5]), 1e-12);
        Assert.Contains("several clips of a speaker", File.ReadAllText(corpus.In("ablated/report.md")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(corpus.In("ablated/chosen")));
    }

    [Fact]
    public void A_model_that_needs_several_clips_of_a_speaker_is_scored_on_a_corpus_and_refuses_single_clips()
    {
        (int code, _, string error) = Ser(
            corpus.Train("mlp", "by-speaker", "--set", "train.normalise=speaker", "--set", "features.prosody=true"));
        Assert.True(code == App.Done, error);
        (code, _, error) = Ser("evaluate", corpus.In("by-speaker"), "--data", corpus.Data);
        Assert.True(code == App.Done, error);

        // Test speakers are normalised by their own clips, so the evaluation reproduces the run's own figures for them.
        Dictionary<string, Prediction> own = PredictionsFile.Read(corpus.In("by-speaker/predictions.csv")).Rows.ToDictionary(r => r.Key);
        Assert.All(PredictionsFile.Read(corpus.In("by-speaker/evaluations/all/predictions.csv")).Rows.Where(r => own.ContainsKey(r.Key)),
            row => Assert.Equal(own[row.Key].Probabilities[0], row.Probabilities[0], 1e-5)); // other batches, other order of sums

        string clip = Directory.EnumerateFiles(corpus.Data, "*.wav", SearchOption.AllDirectories).First();
        (code, _, error) = Ser("predict", clip, "--model", corpus.In("by-speaker"));
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("the speaker's other clips", error, StringComparison.Ordinal);
    }

    [Fact]
    public void With_settings_chosen_every_speaker_but_the_test_ones_trains()
    {
        (int code, _, string error) = Ser(
            corpus.Train("mlp", "all-train", "--set", "split.validation=0", "--set", "train.select=last", "--set", "train.patience=0"));
        Assert.True(code == App.Done, error);
        Splits.Split split = Splits.SplitFile.ReadKeys(corpus.In("all-train/split.json"));
        Assert.Empty(split.Validation);
        Assert.True(split.SpeakersApart);
        Assert.Equal(split.Test.Count, PredictionsFile.Read(corpus.In("all-train/predictions.csv")).Rows.Count);

        (code, _, error) = Ser(corpus.Train("mlp", "none-chooses", "--set", "split.validation=0"));
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("set train.select: last", error, StringComparison.Ordinal);
    }
}
