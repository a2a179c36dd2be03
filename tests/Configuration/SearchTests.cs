using SpeechEmotion.Configuration;

namespace SpeechEmotion.Tests.Configuration;

public sealed class SearchTests : IDisposable
{
    private readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string WriteStudy(string more, string scored = "validation")
    {
        _folder.Write("base.yaml", "train: {epochs: 1, patience: 1}\n");
        _folder.Write("cnn.yaml", "model: {name: cnn, dropout: 0.2}\n");
        _folder.Write("mlp.yaml", "model: mlp\n");
        return _folder.Write(
            "study.yaml",
            $"name: s\nbase: base.yaml\nmodels: [cnn.yaml, mlp.yaml]\nset: {{split: {{kind: savee, scored: {scored}}}}}\n{more}");
    }

    private const string Space = """
        search:
          points: 5
          space:
            - {key: train.learning_rate, values: [0.001, 0.002, 0.004]}
            - {key: augment.mixup, values: [0, 0.3]}
            - {key: model.channels, values: ["[16, 32]", "[8]"], models: [cnn]}

        """;

    [Fact]
    public void Every_model_gets_as_many_points_all_different_the_first_of_first_values()
    {
        Study study = Study.Read(WriteStudy(Space), []);
        IReadOnlyList<StudySystem> systems = StudySystem.Of(study.Config);
        Assert.Equal(
            ["cnn-p00", "cnn-p01", "cnn-p02", "cnn-p03", "cnn-p04", "mlp-p00", "mlp-p01", "mlp-p02", "mlp-p03", "mlp-p04"],
            systems.Select(s => s.Name));
        Assert.Equal(10, systems.Select(s => s.Model + string.Join(' ', s.Set)).Distinct().Count());
        Assert.Equal(["train.learning_rate=0.001", "augment.mixup=0", "model.channels=[16, 32]"], systems[0].Set);
        Assert.Equal(["train.learning_rate=0.001", "augment.mixup=0"], systems[5].Set);
        Assert.Equal(
            systems.Select(s => string.Join(' ', s.Set)),
            StudySystem.Of(Study.Read(study.File, []).Config).Select(s => string.Join(' ', s.Set)));
        Assert.NotEqual(
            systems.Select(s => string.Join(' ', s.Set)),
            StudySystem.Of(Study.Read(study.File, ["search.seed=2"]).Config).Select(s => string.Join(' ', s.Set)));

        // With more points than the grid has, or with 0, the search covers the whole grid: 12 points of the CNN and 6 of the MLP.
        Assert.Equal(18, StudySystem.Of(Study.Read(study.File, ["search.points=0"]).Config).Count);
        Assert.Equal(18, StudySystem.Of(Study.Read(study.File, ["search.points=99"]).Config).Count);
    }

    [Fact]
    public void A_point_lies_over_set_and_below_the_command_line()
    {
        Study study = Study.Read(WriteStudy(Space), ["augment.mixup=0.7"]);
        StudySystem eighth = new("cnn.yaml", "cnn-x", ["model.channels=[8]", "augment.mixup=0.3", "train.epochs=9"]);
        RunConfig run = study.Resolve(eighth, "four", 1, 1);
        Assert.Equal((9, 0.7, "savee"), (run.Train.Epochs, run.Augment.Mixup, run.Split.Kind));
        Assert.Equal([8], ((SpeechEmotion.Architectures.CnnOptions)run.Model.Options!).Channels);
    }

    [Theory]
    [InlineData("variants: [{name: a}, {name: b, set: ['train={epochs: 2}']}]\n", "b")]
    [InlineData("search: {points: 0, space: [{key: train, values: ['{epochs: 1}', '{epochs: 2}']}]}\n", "p01")]
    public void A_neighbour_of_what_is_changed_can_be_given(string more, string row)
    {
        Study study = Study.Read(WriteStudy(more), ["train.batch_size=9"]);
        RunConfig run = study.Resolve(StudySystem.Of(study.Config).Single(s => s.Name == $"mlp-{row}"), "four", 0, 1);
        Assert.Equal((2, 9), (run.Train.Epochs, run.Train.BatchSize));
    }

    [Fact]
    public void What_the_command_line_gives_is_not_searched()
    {
        Study study = Study.Read(WriteStudy(Space), ["augment.mixup=0.7"]);
        IReadOnlyList<StudySystem> systems = StudySystem.Of(study.Config);

        // The CNN's grid has 3 x 2 points left, of which five are drawn; the MLP's grid has three.
        Assert.Equal(8, systems.Select(s => s.Model + string.Join(' ', s.Set)).Distinct().Count());
        Assert.DoesNotContain(systems, s => s.Set.Any(set => set.StartsWith("augment.mixup", StringComparison.Ordinal)));
        Assert.All(systems, s => Assert.Equal(0.7, study.Resolve(s, "four", 1, 1).Augment.Mixup));
    }

    [Theory]
    [InlineData(
        "search: {space: [{key: train.epochs, values: [1, 2]}]}\n", "train.epochs=3",
        "--set search.space: every key of it is given a value, so nothing is left to search")]
    [InlineData(
        "variants: [{name: a}, {name: b, set: [train.epochs=2]}]\n", "train={epochs: 3}",
        "--set train.epochs: variant 'b' changes it; leave it out, or give other `variants`")]
    [InlineData(
        "search: {space: [{key: train, values: ['{epochs: 1, patience: 0}', '{epochs: 2, patience: 1}']}]}\n", "train.epochs=3",
        "--set train.epochs: `search.space` varies it together with others (train); give all of them, or none")]
    public void What_would_undo_every_change_of_a_row_is_refused(string more, string given, string line) =>
        Assert.Equal(line, _folder.Error(() => Study.Read(WriteStudy(more), [given])));

    [Theory]
    [InlineData("variants: [{name: a}, {name: a}]\n", "study.yaml:5: variants: each needs a name of its own")]
    [InlineData(
        "search: {points: 3}\n",
        "study.yaml:5: search.space: name at least one key, such as `{key: train.learning_rate, values: [0.001, 0.002]}`")]
    [InlineData(
        "search: {space: [{key: train.epochs, values: [1], models: [cn]}]}\n",
        "study.yaml:5: search.space: train.epochs: the study has no model 'cn'; did you mean cnn?")]
    [InlineData(
        "search: {space: [3]}\n",
        "study.yaml:5: search.space[0]: expected a section with keys of its own")]
    [InlineData("variants: [{name: a, set: [train.epoch=3]}]\n", "study.yaml:5: train.epoch: unknown key; did you mean train.epochs?")]
    [InlineData(
        "search: {points: 3, space: [{key: train.epoch, values: [3]}]}\n",
        "study.yaml:5: train.epoch: unknown key; did you mean train.epochs?")]
    [InlineData(
        "search: {space: [{key: split.validation, values: [0.15, 0.3]}]}\n",
        "study.yaml:5: split: 'cnn-p01' asks for another split than the runs before it, so they do not compare; "
            + "set `split` for all runs (`set:`), or make it a study of its own")]
    public void A_bad_space_is_an_error(string more, string line) =>
        Assert.Equal(line, _folder.Error(() => Study.Read(WriteStudy(more), [])));

    [Fact]
    public void Two_models_whose_variants_come_to_one_name_are_an_error()
    {
        string study = WriteStudy("variants: [{name: base}, {name: small-base}]\n");
        string small = _folder.Write("cnn-small.yaml", "model: cnn\n");
        Assert.Equal(
            "study.yaml:5: variants: 'cnn-small-base' names two of them, each with another model; rename one",
            _folder.Error(() => Study.Read(study, [$"models=[cnn.yaml, {small}]"])));
    }

    [Fact]
    public void A_search_that_would_score_the_test_side_is_an_error() => Assert.StartsWith(
        "study.yaml:4: split.scored: settings are chosen without the test side",
        _folder.Error(() => Study.Read(WriteStudy(Space, "test"), [])), StringComparison.Ordinal);

    [Fact]
    public void An_override_that_would_score_the_test_side_is_blamed_itself() => Assert.Equal(
        "--set split.scored: settings are chosen without the test side; set `split: {scored: validation}`",
        _folder.Error(() => Study.Read(WriteStudy(Space), ["split.scored=test"])));
}
