using SpeechEmotion.Cli;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Splits;
using static SpeechEmotion.Tests.MiniatureCorpus;

namespace SpeechEmotion.Tests;

/// <summary>Runs and studies on a made-up feature table with 40 rows per emotion; the emotions differ in their mean.</summary>
[Collection("miniature")]
public sealed class TableTests
{
    private readonly MiniatureCorpus _corpus;

    public TableTests(MiniatureCorpus corpus)
    {
        _corpus = corpus;
        string folder = Path.Combine(corpus.Data, "seed-features");
        Directory.CreateDirectory(folder);
        Random random = new(1);
        foreach ((string emotion, int mean) in new[] { ("anger", 0), ("happy", 3), ("neutral", 6), ("sad", 9) })
        {
            IEnumerable<string> rows = Enumerable.Range(0, 40)
                .Select(_ => string.Join(',', Enumerable.Range(0, 193).Select(_ => mean + random.NextDouble())));
            File.WriteAllLines(Path.Combine(folder, $"f_{emotion}.csv"), rows);
            File.WriteAllLines(Path.Combine(folder, $"labels_{emotion}.csv"), Enumerable.Repeat(emotion, 40));
        }
    }

    [Theory]
    [InlineData("flat_mlp_as_published")]
    [InlineData("flat_mlp")]
    [InlineData("hierarchical_as_published")]
    [InlineData("hierarchical")]
    [InlineData("lstm_as_published")]
    [InlineData("lstm")]
    public void Every_published_config_trains_on_a_table(string config)
    {
        string run = _corpus.In($"table-{config}");
        (int code, _, string error) = Ser(
            Train(config, run, "--set", "train.epochs=2", "--set", "train.loss_patience=0", "--set", "train.patience=0"));
        Assert.True(code == App.Done, error);
        int rows = PredictionsFile.Read(Path.Combine(run, "predictions.csv")).Rows.Count;
        Assert.Equal(config == "hierarchical_as_published" ? 160 : 40, rows);
        bool asPublished = config.EndsWith("published", StringComparison.Ordinal);
        Assert.Equal(asPublished, SplitFile.ReadKeys(Path.Combine(run, "split.json")).Validation.Count == 0);
        string page = File.ReadAllText(Path.Combine(run, "confusion.html"));
        Assert.Contains("Speakers overlap between training and test", page, StringComparison.Ordinal);
        Assert.Equal(asPublished, page.Contains("features are not scaled", StringComparison.Ordinal));
        bool scoresTrainingRows = config.StartsWith("hier", StringComparison.Ordinal) && config != "hierarchical";
        Assert.Equal(scoresTrainingRows, page.Contains("rows that it trained on are scored", StringComparison.Ordinal));
    }

    [Fact]
    public void Training_ends_where_its_own_loss_stays_level()
    {
        string run = _corpus.In("table-level");
        string[] train = Train("flat_mlp_as_published", run, "--set", "train.learning_rate=1e-8", "--set", "train.loss_patience=3");
        Assert.Equal(App.Done, Ser(train).Code);

        // The first epoch sets the best loss; the next four do not lower it.
        Assert.Equal(5, HistoryFile.Read(Path.Combine(run, "history.csv")).Count);
        string facts = File.ReadAllText(Path.Combine(run, "environment.json"));
        Assert.Contains("the training loss fell by less than 0.0001 in 3 epochs", facts, StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_of_a_table_says_what_a_table_cannot()
    {
        string study = _corpus.In("table-study");
        (int code, _, string error) = Ser(
            "compare", Path.Combine(Repository, "experiments", "published", "study.yaml"), "--data", _corpus.Data, "--out", study,
            "--jobs", "1", "--seeds", "1,2", "--set", "threads=1", "--set", "train.epochs=1", "--set", "train.patience=0");
        Assert.True(code == App.Done, error);
        string report = File.ReadAllText(Path.Combine(study, "report.md"));
        Assert.Contains("nobody can tell which rows are one speaker", report, StringComparison.Ordinal);
        Assert.Contains("**Speakers overlap: these figures flatter.**", report, StringComparison.Ordinal);
        Assert.Contains(
            "flat\\_mlp\\_as\\_published: speakers are on both sides of the split; features are not scaled",
            report, StringComparison.Ordinal);
        Assert.Contains("NumPy's RandomState(9)", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("features.kind=logmel", "features.kind: a feature table (data.table) holds no 'logmel'")]
    [InlineData("data.table=null", "split.kind: 'published' is a split of the published feature table")]
    [InlineData("augment.gain_db=3", "augment.gain_db: 'summary' features have no gain")]
    [InlineData("split.validation=0", "split.validation: 0 leaves nothing to choose the epoch on")]
    [InlineData("train.select=last", "train.select: 'last' does not look at validation")]
    [InlineData("data.table=nowhere", "nowhere: no such folder; give the folder of the feature table with data.table")]
    public void What_does_not_go_together_is_told(string set, string message)
    {
        (int code, _, string error) = Ser(Train("flat_mlp", _corpus.In("table-wrong"), "--set", set));
        Assert.Equal(App.WrongInput, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Clips_that_the_rows_of_its_table_may_be_of_are_scored_with_a_warning()
    {
        string run = _corpus.In("table-evaluated");
        Assert.Equal(App.Done, Ser(Train("flat_mlp", run, "--set", "train.epochs=2", "--set", "train.patience=0")).Code);
        (int code, _, string error) = Ser("evaluate", run, "--data", _corpus.Data, "--on", "synthetic");
        Assert.True(code == App.Done, error);
        Assert.Contains("does not say whom it has heard", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_the_labels_do_not_fit_is_told()
    {
        (int code, _, string error) = Ser(Train("hierarchical", _corpus.In("table-labels"), "--set", "data.labels=sides"));
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("tells four classes apart in two stages, not 2", error, StringComparison.Ordinal);
    }

    private string[] Train(string config, string folder, params string[] more) =>
        ["train", Config($"published/{config}.yaml"), "--data", _corpus.Data, "--out", folder, "--set", "threads=1", .. more];
}
