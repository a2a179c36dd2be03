using SpeechEmotion.Configuration;
using SpeechEmotion.Studies;

namespace SpeechEmotion.Tests.Configuration;

public sealed class StudyTests : IDisposable
{
    private readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private const string Model = "../../configs/models/cnn.yaml";

    [Fact]
    public void A_run_lays_matrix_over_overrides_over_set_over_model_over_base()
    {
        Study study = Study.Read(_folder.WriteStudy("set: {train: {epochs: 3, clip_norm: 4}}\n"), ["train.clip_norm=5", "seeds=[7]"]);
        RunConfig run = study.Resolve(new StudySystem(Model, "", []), "six", 3, 7);
        Assert.Equal((32, 2, 3, 5.0), (run.Features.Mels, run.Train.Patience, run.Train.Epochs, run.Train.ClipNorm));
        Assert.Equal(("six", 3, 7, "cnn"), (run.Data.Labels, run.Split.Fold, run.Seed, run.Model.Name));
        Assert.Equal([7], study.Config.Seeds);
        Assert.Equal(["four", "six"], Study.Read(study.File, []).Config.Labels);
    }

    [Fact]
    public void What_a_model_file_starts_from_lies_over_the_base_of_the_study()
    {
        _folder.Write("configs/models/chosen.yaml", "model: {name: cnn, dropout: 0.1}\ntrain: {epochs: 9}\n");
        _folder.Write("configs/models/taught.yaml", "base: chosen.yaml\naugment: {copies: 1}\n");
        Study study = Study.Read(_folder.WriteStudy(), ["models=[../../configs/models/taught.yaml]"]);
        RunConfig run = study.Resolve(new StudySystem("../../configs/models/taught.yaml", "", []), "six", 0, 1);
        Assert.Equal((9, 1, 1, 32), (run.Train.Epochs, run.Train.Patience, run.Augment.Copies, run.Features.Mels));
    }

    [Fact]
    public void What_a_model_file_starts_from_may_be_several_files_later_ones_winning()
    {
        _folder.Write("configs/models/chosen.yaml", "base: below.yaml\nmodel: {name: cnn, dropout: 0.1}\ntrain: {epochs: 9}\n");
        _folder.Write("configs/models/below.yaml", "train: {batch_size: 7}\n");
        _folder.Write("configs/taught.yaml", "base: models/below.yaml\ntrain: {epochs: 4, patience: 3}\naugment: {copies: 1}\n");
        _folder.Write("configs/models/taught.yaml", "base: [chosen.yaml, ../taught.yaml]\ntrain: {patience: 0}\n");
        Study study = Study.Read(_folder.WriteStudy(), ["models=[../../configs/models/taught.yaml]"]);
        RunConfig run = study.Resolve(new StudySystem("../../configs/models/taught.yaml", "", []), "six", 0, 1);
        Assert.Equal((4, 0, 1, 7), (run.Train.Epochs, run.Train.Patience, run.Augment.Copies, run.Train.BatchSize));
        Assert.Equal("cnn", run.Model.Name);
    }

    [Theory]
    [InlineData("[cnn.yaml, gone.yaml]", "no such file: configs/models/gone.yaml")]
    [InlineData("[cnn.yaml, [a.yaml]]", "expected the path of a file, or a list of them, relative to this one")]
    [InlineData("[cnn.yaml, taught.yaml]", "taught.yaml starts from taught.yaml: a circle")]
    public void A_base_that_cannot_be_read_is_an_error(string given, string reason)
    {
        _folder.Write("configs/models/taught.yaml", $"base: {given}\n");
        Assert.Equal(
            "configs/models/taught.yaml:1: base: " + reason,
            _folder.Error(() => Study.Read(_folder.WriteStudy(), ["models=[../../configs/models/taught.yaml]"])));
    }

    [Fact]
    public void Runs_on_a_label_file_go_by_its_name()
    {
        string mine = _folder.Write("of/my/own/mine.yaml", "classes: [up, down]\nmap: {savee: {a: up, sa: down}}\n");
        Study study = Study.Read(_folder.WriteStudy(), [$"labels=[{mine}]"]);
        StudyRun run = StudyRun.All(study, "out")[0];
        Assert.Equal(
            ("mine/cnn/fold0-seed1", Path.Combine("out", "mine/cnn/fold0-seed1"), mine),
            (run.Key.ToString(), run.Folder.Path, run.Config.Data.Labels));
    }

    [Fact]
    public void What_a_cluster_is_asked_for_comes_from_the_study_and_can_be_overridden()
    {
        string file = _folder.WriteStudy(
            "slurm: {partition: gpu, time: 04:00:00, mem: 8G, cpus_per_task: 2, gres: gpu:a100:1, at_most: 4, "
                + "options: [--constraint=avx2], setup: [module load cuda]}\n");
        Study study = Study.Read(file, ["slurm.time=1-12", "slurm.at_most=0", "slurm.account=speech"]);
        SlurmOptions slurm = study.Config.Slurm;
        Assert.Equal(
            ("gpu", "1-12", "8G", 2, "gpu:a100:1", 0, "speech"),
            (slurm.Partition, slurm.Time, slurm.Mem, slurm.CpusPerTask, slurm.Gres, slurm.AtMost, slurm.Account));
        Assert.Equal(["--constraint=avx2", "module load cuda"], slurm.Options.Concat(slurm.Setup));
    }

    [Theory]
    [InlineData("90")]
    [InlineData("90:30")]
    [InlineData("12:00:00")]
    [InlineData("2-0")]
    [InlineData("2-12:30:00")]
    public void A_time_is_what_slurm_takes_for_one(string time) =>
        Assert.Equal(time, Study.Read(_folder.WriteStudy(), [$"slurm.time={time}"]).Config.Slurm.Time);

    [Fact]
    public void Mistakes_in_the_study_and_in_its_runs_come_together() => Assert.Equal(
        """
        experiments/s/study.yaml:6: question_: unknown key; did you mean question?
        --set seed: a study's runs take this from `seeds`; set that
        experiments/s/study.yaml:7: train.epoch: unknown key; did you mean train.epochs?
        --set train.patience: expected a whole number, got 'x'
        """.Split('\n').Order(),
        _folder.Error(() => Study.Read(_folder.WriteStudy("question_: why\nset: {train: {epoch: 3}}\n"), ["seed=4", "train.patience=x"]))
            .Split('\n').Order());

    [Theory]
    [InlineData("train: {epochs: 3}", "train: unknown key; it is of the runs, so put it under `set:`")]
    [InlineData("data: {corpora: [savee]}", "data: unknown key; it is of the runs, so put it under `set:`")]
    [InlineData(
        "zzzzzzz: 1",
        "zzzzzzz: unknown key; valid here: "
            + "name, question, base, models, labels, folds, seeds, search, variants, conditions, output, slurm, set")]
    public void What_is_of_the_runs_goes_under_set(string given, string message) => Assert.Equal(
        "experiments/s/study.yaml:6: " + message, _folder.Error(() => Study.Read(_folder.WriteStudy(given + "\n"), [])));

    [Fact]
    public void A_label_set_that_is_not_there_to_be_taught_is_found_at_its_line() => Assert.StartsWith(
        "experiments/s/study.yaml:6: train.labels: there is no label set 'al'; did you mean all? (",
        _folder.Error(() => Study.Read(_folder.WriteStudy("set: {train: {labels: al}}\n"), [])), StringComparison.Ordinal);

    [Fact]
    public void A_fold_that_the_split_lacks_is_found_before_the_first_run() => Assert.Equal(
        "experiments/s/study.yaml:6: split.fold: 5 is outside 0 to 3 (savee has 4 folds)",
        _folder.Error(() => Study.Read(_folder.WriteStudy("folds: [0, 5]\n"), [])));

    /// <summary>A study opens its data once, so a run that asks for other corpora would train on those of the first run.</summary>
    [Theory]
    [InlineData("data.corpora=[ravdess, savee]")]
    [InlineData("data.root=elsewhere")]
    public void Data_of_a_runs_own_is_refused(string set) => Assert.Equal(
        "experiments/s/study.yaml:7: data: 'cnn-more' asks for other data than the runs before it; "
            + "set `data` for all runs (`set:`), or make it a study of its own",
        _folder.Error(() => Study.Read(_folder.WriteStudy(
            "set: {split: {scored: validation}, data: {corpora: [savee]}}\n"
                + "variants: [{name: recipe}, {name: level, set: [features.normalise_level=true]}, "
                + $"{{name: more, set: [\"{set}\"]}}]\n"), [])));

    [Theory]
    [InlineData(
        "variants: [{name: a}, {name: b, set: [split.fold=2]}]",
        "split.fold: 'cnn-b' cannot change it: a study's runs take it from `folds`")]
    [InlineData(
        "variants: [{name: a}, {name: b, set: [model=mlp]}]",
        "model.name: 'cnn-b' cannot change it: a study's runs take it from `models`")]
    [InlineData(
        "variants: [{name: a}, {name: b, set: ['data={labels: six}']}]",
        "data.labels: 'cnn-b' cannot change it: a study's runs take it from `labels`")]
    [InlineData(
        "search: {space: [{key: split, values: ['{fold: 0}', '{fold: 1}']}]}",
        "split.fold: 'cnn-p01' cannot change it: a study's runs take it from `folds`")]
    [InlineData("folds: [0, 1, 0]", "folds: each once")]
    [InlineData("seeds: [1, 1]", "seeds: each once")]
    [InlineData("seeds: []", "experiments/s/study.yaml:6: seeds: give at least one, such as `seeds: [1]`")]
    [InlineData("labels:", "experiments/s/study.yaml:6: labels: name at least one label set, such as `labels: [four]`")]
    [InlineData(
        "models: [../../configs/models/cnn.yaml, ../../configs/models/../models/cnn.yaml]",
        "models: each name once: a model's file names its runs")]
    [InlineData(
        "variants: [{name: a}, {name: b, set: [split.kind=random]}]",
        "split: 'cnn-b' asks for another split than the runs before it, so they do not compare; "
            + "set `split` for all runs (`set:`), or make it a study of its own")]
    public void What_would_collide_or_do_nothing_is_refused(string line, string reason)
    {
        string study = _folder.WriteStudy("set: {split: {scored: validation}}\n"), key = line.Split(':')[0];
        File.WriteAllLines(study, [.. File.ReadLines(study).Where(old => old.Split(':')[0] != key), line]);
        Assert.EndsWith(reason, _folder.Error(() => Study.Read(study, [])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "conditions=[{name: a, alter: [rom=1]}, {name: b, alter: [noise_db=-1]}]", "conditions",
        "'a': alter rom: unknown key", "'b': alter noise_db: -1 is outside")]
    [InlineData(
        "search={space: [{key: a}, {key: b}]}", "search.space",
        "'a' needs a key and at least one value", "'b' needs a key and at least one value")]
    public void Each_mistake_of_a_key_has_a_line_with_its_place(string given, string key, string first, string second)
    {
        string[] lines = _folder.Error(() => Study.Read(_folder.WriteStudy(), [given])).Split('\n');
        Assert.StartsWith($"--set {key}: {first}", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"--set {key}: {second}", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_set_that_is_not_there_is_found_at_its_line()
    {
        string study = _folder.WriteStudy();
        File.WriteAllText(study, File.ReadAllText(study).Replace("six", "sixx", StringComparison.Ordinal));
        Assert.StartsWith(
            "experiments/s/study.yaml:4: labels: there is no label set 'sixx'; did you mean six? (",
            _folder.Error(() => Study.Read(study, [])),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_file_that_is_missing_is_the_only_mistake() => Assert.Equal(
        "--set models: no such file: experiments/s/gone.yaml",
        _folder.Error(() => Study.Read(
            _folder.WriteStudy("set: {data: {corpora: [savee]}}\n"), ["models=[../../configs/models/cnn.yaml, gone.yaml]"])));

    [Fact]
    public void Data_that_a_search_varies_is_refused_where_it_stands() => Assert.StartsWith(
        "experiments/s/study.yaml:7: data: 'cnn-p01' asks for other data",
        _folder.Error(() => Study.Read(_folder.WriteStudy(
            "set: {split: {scored: validation}, data: {corpora: [savee]}}\n"
                + "search: {space: [{key: data.root, values: [here, there]}]}\n"), [])),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("models=[]", "--set models: name at least one model file, such as `models: [../../configs/models/cnn.yaml]`")]
    [InlineData("models=[none.yaml]", "--set models: no such file: experiments/s/none.yaml")]
    [InlineData("labels=[six, six]", "--set labels: each set once, and files of label sets need names of their own")]
    [InlineData("name=\"a\\n\"", "--set name: 'a\n' is not a folder name of letters, digits, dots, dashes and underscores")]
    [InlineData("base=none.yaml", "--set base: no such file: experiments/s/none.yaml")]
    [InlineData("folds=[-1]", "--set folds: -1 is outside 0 to 99")]
    [InlineData("name=a/b", "--set name: 'a/b' is not a folder name of letters, digits, dots, dashes and underscores")]
    [InlineData("model=mlp", "--set model.name: a study's runs take this from `models`; set that")]
    [InlineData("slurm.partion=gpu", "--set slurm.partion: unknown key; did you mean slurm.partition?")]
    [InlineData("partition=gpu", "--set partition: unknown key; did you mean slurm.partition?")]
    [InlineData("slurm.time=1h", "--set slurm.time: '1h' is not a time such as 90 (minutes), 01:30:00 or 1-12 (days and hours)")]
    [InlineData("slurm.mem=4GB", "--set slurm.mem: '4GB' is not an amount of memory such as 4G or 800M")]
    [InlineData("slurm.cpus_per_task=0", "--set slurm.cpus_per_task: 0 is outside 1 to 256")]
    [InlineData("slurm.at_most=-1", "--set slurm.at_most: -1 is below 0")]
    [InlineData("slurm.gres='gpu 1'", "--set slurm.gres: 'gpu 1' is not a resource such as gpu:1 or gpu:a100:1")]
    [InlineData("slurm.options=[constraint]", "--set slurm.options: 'constraint' is not an option of sbatch, such as --constraint=avx2")]
    [InlineData("slurm=big", "--set slurm: expected a section with keys of its own")]
    [InlineData("label=six", "--set label: unknown key; did you mean labels?")]
    public void A_bad_matrix_is_an_error(string given, string line) =>
        Assert.Equal(line, _folder.Error(() => Study.Read(_folder.WriteStudy(), [given])));

    [Fact]
    public void Every_shipped_study_and_each_of_its_systems_can_be_read()
    {
        string experiments = Path.Combine(MiniatureCorpus.Repository, "experiments");
        string[] studies = [.. Directory.EnumerateFiles(experiments, "*.yaml", SearchOption.AllDirectories)
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
