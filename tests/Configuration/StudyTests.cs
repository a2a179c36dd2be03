using SpeechEmotion.Configuration;

namespace SpeechEmotion.Tests.Configuration;

public sealed class StudyTests : IDisposable
{
    private readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string WriteStudy(string more = "")
    {
        _folder.Write("configs/base.yaml", "train: {epochs: 1, patience: 1}\nfeatures: {mels: 32}\nsplit: {kind: savee}\n");
        _folder.Write("configs/models/cnn.yaml", "base: ../base.yaml\nmodel: {name: cnn, dropout: 0.2}\ntrain: {epochs: 2, patience: 2}\n");
        return _folder.Write("experiments/s/study.yaml",
            "name: s\nbase: ../../configs/base.yaml\nmodels: [../../configs/models/cnn.yaml]\nlabels: [four, six]\nseeds: [1, 2]\n" + more);
    }

    private const string Model = "../../configs/models/cnn.yaml";

    [Fact]
    public void A_run_lays_matrix_over_overrides_over_set_over_model_over_base()
    {
        Study study = Study.Read(WriteStudy("set: {train: {epochs: 3, clip_norm: 4}}\n"), ["train.clip_norm=5", "seeds=[7]"]);
        RunConfig run = study.Resolve(Model, "six", 3, 7);
        Assert.Equal((32, 2, 3, 5.0), (run.Features.Mels, run.Train.Patience, run.Train.Epochs, run.Train.ClipNorm));
        Assert.Equal(("six", 3, 7, "cnn"), (run.Data.Labels, run.Split.Fold, run.Seed, run.Model.Name));
        Assert.Equal([7], study.Config.Seeds);
        Assert.Equal(["four", "six"], ConfigReader.ReadStudy(study.File, []).Labels);
    }

    [Fact]
    public void Mistakes_in_the_study_and_in_its_runs_come_together() => Assert.Equal(
        """
        experiments/s/study.yaml:6: question_: unknown key; did you mean question?
        --set seed: a study's runs take this from `seeds`; set that
        experiments/s/study.yaml:7: train.epoch: unknown key; did you mean train.epochs?
        --set train.patience: expected a whole number, got 'x'
        """.Split('\n').Order(),
        _folder.Error(() => Study.Read(WriteStudy("question_: why\nset: {train: {epoch: 3}}\n"), ["seed=4", "train.patience=x"])).Split('\n').Order());

    [Fact]
    public void A_fold_that_the_split_lacks_is_found_before_the_first_run() => Assert.Equal(
        "experiments/s/study.yaml:6: split.fold: 5 is outside 0 to 3 (savee has 4 folds)",
        _folder.Error(() => Study.Read(WriteStudy("folds: [0, 5]\n"), [])));

    [Theory]
    [InlineData("models=[]", "--set models: name at least one model file, such as `models: [../../configs/models/cnn.yaml]`")]
    [InlineData("models=[none.yaml]", "--set models: no such file: experiments/s/none.yaml")]
    [InlineData("base=none.yaml", "--set base: no such file: experiments/s/none.yaml")]
    [InlineData("folds=[-1]", "--set folds: -1 is outside 0 to 99")]
    [InlineData("name=a/b", "--set name: 'a/b' is not a folder name of letters, digits, dots, dashes and underscores")]
    [InlineData("model=mlp", "--set model.name: a study's runs take this from `models`; set that")]
    [InlineData("label=six", "--set label: unknown key; did you mean labels?")]
    public void A_bad_matrix_is_an_error(string given, string line) => Assert.Equal(line, _folder.Error(() => Study.Read(WriteStudy(), [given])));

    [Fact]
    public void Every_shipped_study_and_each_of_its_systems_can_be_read()
    {
        string[] studies = [.. Directory.EnumerateFiles(Path.Combine(MiniatureCorpus.Repository, "experiments"), "*.yaml", SearchOption.AllDirectories)
            .Where(file => File.ReadLines(file).Any(line => line.StartsWith("models:", StringComparison.Ordinal)))];
        Assert.True(studies.Length >= 15);
        Assert.All(studies, file =>
        {
            Study study = Study.Read(file, []);
            Assert.NotEmpty(StudySystem.Of(study.Config));
            Assert.False(File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "README.md")).Length == 0, file);
        });
    }
}
