using SpeechEmotion.Configuration;

namespace SpeechEmotion.Tests.Configuration;

public sealed class StudyConditionTests : IDisposable
{
    private readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Conditions_may_stand_in_a_file_that_studies_share()
    {
        _folder.Write(
            "experiments/shared.yaml",
            "conditions:\n  - {name: noise, alter: [noise_db=20]}\n  - {name: room, alter: [room_seconds=0.6]}\n");
        Study study = Study.Read(_folder.WriteStudy("conditions: ../shared.yaml\n"), []);
        Assert.Equal(
            [("noise", "noise_db=20"), ("room", "room_seconds=0.6")],
            study.Config.ReadConditions().Select(c => (c.Name, c.Alteration.Name)));
    }

    [Theory]
    [InlineData("../gone.yaml", "", "experiments/s/study.yaml:6: conditions: no such file: experiments/gone.yaml")]
    [InlineData("../shared.yaml", "conditions:\n\t- {}", "experiments/shared.yaml:2: a tab in the indentation; YAML takes spaces only")]
    [InlineData(
        "../shared.yaml", "conditions: [{name: a, alter: [noise_db=10]}]\nseeds: [3]",
        "experiments/shared.yaml:2: seeds: a file of conditions holds `conditions:` alone")]
    [InlineData(
        "../shared.yaml", "conditions: [{name: a, alter: [nois_db=10]}]",
        "experiments/shared.yaml:1: conditions: 'a': alter nois_db: unknown key; did you mean noise_db?")]
    [InlineData(
        "../shared.yaml", "",
        "experiments/shared.yaml:1: conditions: no list of conditions, such as `conditions: [{name: noise, alter: [noise_db=20]}]`")]
    public void A_file_of_conditions_that_cannot_be_read_is_an_error(string given, string shared, string line)
    {
        _folder.Write("experiments/shared.yaml", shared);
        Assert.Equal(line, _folder.Error(() => Study.Read(_folder.WriteStudy($"conditions: {given}\n"), [])));
    }

    private const string Keys = "noise_db, noise_tilt, room_seconds, equalise_db, shift_seconds, pitch_semitones, stretch";

    [Theory]
    [InlineData("conditions=[{name: a, alter: [noise_db=10]}, {name: a, alter: [noise_db=20]}]", "each needs a name of its own")]
    [InlineData("conditions=[{alter: [noise_db=10]}]", "each needs a name of its own")]
    [InlineData(
        "conditions=[{name: a, alter: [noise_db=10, noise_tilt=1.5]}, {name: b c, alter: [noise_tilt=1.50, noise_db=10.0]}]",
        "'b c' alters as 'a' does (noise_db=10,noise_tilt=1.5); leave one out")]
    [InlineData(
        "conditions=[{name: a, alter: []}]",
        "'a': alter: nothing is altered; give one of " + Keys + " a value")]
    [InlineData("conditions=[{name: a, alter: [noise_db=0]}]", "'a': alter: nothing is altered; give one of " + Keys + " a value")]
    [InlineData("conditions=[{name: a, alter: [gain_db=10]}]", "'a': alter gain_db: alters no copy's sound; valid here: " + Keys)]
    [InlineData("conditions=[{name: a, alter: [nois_db=10]}]", "'a': alter nois_db: unknown key; did you mean noise_db?")]
    [InlineData("conditions=[{name: a, alter: [loudness=10]}]", "'a': alter loudness: unknown key; valid here: " + Keys)]
    public void A_condition_that_cannot_be_is_an_error(string given, string line) =>
        Assert.Equal("--set conditions: " + line, _folder.Error(() => Study.Read(_folder.WriteStudy(), [given])));

    [Theory]
    [InlineData("split: {scored: validation}", "they are of the test side, and these runs score validation (split.scored)")]
    [InlineData(
        "split: {kind: random}, train: {normalise: speaker}",
        "clips that a speaker has on other sides too normalise the test side (train.normalise), and are not altered")]
    [InlineData(
        "data: {table: here}, split: {kind: published}, features: {kind: summary}, "
            + "augment: {gain_db: 0, frequency_mask: 0, time_mask: 0}, model: mlp",
        "they alter sound, and a feature table (data.table) has none")]
    public void Conditions_are_of_the_sound_of_the_test_side(string set, string reason)
    {
        string model = set.Contains("model", StringComparison.Ordinal)
            ? _folder.Write("configs/models/flat.yaml", "model: {name: flat_mlp}\n")
            : "../../configs/models/cnn.yaml";
        set = set.Replace(", model: mlp", "", StringComparison.Ordinal);
        string study = _folder.WriteStudy($"set: {{{set}}}\nconditions: [{{name: a, alter: [noise_db=10]}}]\n");
        Assert.EndsWith("conditions: " + reason, _folder.Error(() => Study.Read(study, [$"models=[{model}]"])), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_are_not_chosen_under_conditions()
    {
        string study = _folder.WriteStudy(
            "set: {split: {scored: validation}}\nvariants: [{name: base}]\nconditions: [{name: a, alter: [noise_db=10]}]\n");
        Assert.EndsWith(
            "conditions: they are of the test side, and these runs score validation (split.scored)",
            _folder.Error(() => Study.Read(study, [])), StringComparison.Ordinal);
    }
}
