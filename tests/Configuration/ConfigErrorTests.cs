using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;

namespace SpeechEmotion.Tests.Configuration;

public sealed class ConfigErrorTests : IDisposable
{
    private readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train:\n  epoch: 5\n", "run.yaml:2: train.epoch: unknown key; did you mean train.epochs?")]
    [InlineData("trian: {epochs: 5}\n", "run.yaml:1: trian: unknown key; did you mean train?")]
    [InlineData("seed: 1\n\nepochs: 5\n", "run.yaml:3: epochs: unknown key; did you mean train.epochs?")]
    [InlineData("data: {zzzzzzz: 5}\n", "run.yaml:1: data.zzzzzzz: unknown key; valid here: root, table, corpora, labels")]
    [InlineData("train:\n  lern_rate: 1\n", "run.yaml:2: train.lern_rate: unknown key; did you mean train.learning_rate?")]
    [InlineData(
        "features: {wattage: 64}\n",
        "run.yaml:1: features.wattage: unknown key; valid here: "
            + "kind, sample_rate, fft_size, hop, mels, min_hz, max_hz, "
            + "mfccs, deltas, prosody, normalise_level, top_db, trim_db, max_seconds")]
    [InlineData("train: {epochs: many}\n", "run.yaml:1: train.epochs: expected a whole number, got 'many'")]
    [InlineData("train: {epochs: 2.5}\n", "run.yaml:1: train.epochs: expected a whole number, got '2.5'")]
    [InlineData("train: {epochs: }\n", "run.yaml:1: train.epochs: needs a value")]
    [InlineData("train: {epochs: [1, 2]}\n", "run.yaml:1: train.epochs: expected a single value")]
    [InlineData("train: {epochs: 0}\n", "run.yaml:1: train.epochs: 0 is outside 1 to 100000")]
    [InlineData("train: {learning_rate: .nan}\n", "run.yaml:1: train.learning_rate: expected a number, got '.nan'")]
    [InlineData("train: {tf32: yes}\n", "run.yaml:1: train.tf32: expected true or false, got 'yes'")]
    [InlineData("train: 5\n", "run.yaml:1: train: expected a section with keys of its own")]
    [InlineData("seed: -1\n", "run.yaml:1: seed: -1 is below 0")]
    [InlineData("data: {labels: }\n", "run.yaml:1: data.labels: needs a value")]
    [InlineData(
        "features: {kind: logmell}\n",
        "run.yaml:1: features.kind: 'logmell' is not one of logmel, mfcc, wave, summary, summary_mel, summary_log; did you mean logmel?")]
    [InlineData(
        "split: {kind: ravdes}\n",
        "run.yaml:1: split.kind: 'ravdes' is not one of "
            + "merged, ravdess, savee, grouped, corpora, random, published, published_app, published_lstm; did you mean ravdess?")]
    [InlineData(
        "train: {tasks: [sex, intensty]}\n", "run.yaml:1: train.tasks: 'intensty' is not one of sex, intensity; did you mean intensity?")]
    [InlineData(
        "train: {labels: all}\nmodel: rbf_network\n",
        "run.yaml:1: train.labels: further labels are of networks that learn from sound, with one output a class; set null")]
    [InlineData(
        "train: {labels: all, normalise: speaker}\n",
        "run.yaml:1: train.labels: 'speaker' would take other emotions of those who train than of those who are tested; "
            + "set null, or take global")]
    [InlineData(
        "train: {average: 0.9}\nmodel: rbf_network\n",
        "run.yaml:1: train.average: 'rbf_network' is solved for, and has no steps to average over; set 0")]
    [InlineData(
        "train: {labels: all}\nsplit: {kind: random}\n",
        "run.yaml:1: train.labels: further clips join by their speakers, whom 'random' does not keep apart; set null")]
    [InlineData(
        "train: {tasks: [sex]}\nmodel: rbf_network\n",
        "run.yaml:1: train.tasks: further tasks are of networks that learn from sound, with one output a class; set []")]
    [InlineData(
        "features: {kind: summary}\ndata: {table: t}\nsplit: {kind: grouped}\naugment: {gain_db: 0}\n",
        "run.yaml:3: split.kind: 'grouped' keeps speakers apart, whom a feature table (data.table) does not tell; "
            + "take published, published_app, published_lstm or random")]
    [InlineData(
        "train: {normalise: speaker}\naugment: {copies: 1, noise_db: 20}\n",
        "run.yaml:1: train.normalise: 'speaker' needs clips whose speakers are known, and no altered copies beside them; "
            + "take global, or set augment.copies: 0")]
    [InlineData(
        "features: {kind: summary}\ndata: {table: t}\nsplit: {kind: random}\naugment: {copies: 1}\n",
        "run.yaml:4: augment.copies: a feature table has no sound to alter; set 0")]
    [InlineData(
        "augment: {stretch: 0.1}\n",
        "run.yaml:1: augment.copies: 0 makes no altered copy, so nothing would come of the keys that alter them; "
            + "set 1, or those keys to 0")]
    [InlineData(
        "train: {normalise: none}\naugment: {time_mask: 8}\n",
        "run.yaml:1: train.normalise: masks set the mean, which is 0 only after normalisation; "
            + "set augment.frequency_mask and time_mask to 0")]
    [InlineData("device: cuda:99999999999\n", "run.yaml:1: device: 'cuda:99999999999' is not auto, cpu, cuda or cuda:N")]
    [InlineData("augment: {noise_tilt: 3}\n", "run.yaml:1: augment.noise_tilt: there is no noise to tilt; set augment.noise_db, or 0")]
    [InlineData(
        "split: {scored: all}\n", "run.yaml:1: split.scored: 'all' goes with the published splits only; take test or validation")]
    [InlineData(
        "features: {max_hz: 9000}\n",
        "run.yaml:1: features.max_hz: 9000 is above half of features.sample_rate (8000); lower it, or 0 for the half")]
    [InlineData(
        "features: {min_hz: 4000, max_hz: 4000}\n",
        "run.yaml:1: features.min_hz: 4000 is not below the highest frequency (4000); lower it")]
    [InlineData(
        "features: {sample_rate: 22051, min_hz: 11025.2}\n", // half the rate is rounded down
        "run.yaml:1: features.min_hz: 11025.2 is not below the highest frequency (11025); lower it")]
    [InlineData(
        "features: {mels: 200}\n",
        "run.yaml:1: features.mels: 200 are too many for features.fft_size 512: "
            + "band 1 (0 to 18 Hz) holds no frequency of it; take fewer bands or a longer FFT")]
    [InlineData("device: gpu\n", "run.yaml:1: device: 'gpu' is not auto, cpu, cuda or cuda:N")]
    [InlineData(
        "model: {name: cn}\n",
        "run.yaml:1: model.name: 'cn' is not one of "
            + "MODELS; did you mean cnn?")]
    [InlineData("model: {name: cnn, dropuot: 0.1}\n", "run.yaml:1: model.dropuot: unknown key; did you mean model.dropout?")]
    [InlineData("model: {channels: []}\n", "run.yaml:1: model.channels: must be a list of 1 to 32 numbers, each 1 to 1024")]
    [InlineData("model: {channels: [8, x]}\n", "run.yaml:1: model.channels: expected a whole number, got 'x'")]
    [InlineData("hidden: 3\n", "run.yaml:1: hidden: unknown key; did you mean model.hidden?")]
    [InlineData("features:\n  hop: 600\n", "run.yaml:2: features.hop: 600 skips samples; at most features.fft_size (512)")]
    [InlineData(
        "features: {kind: mfcc, mfccs: 80}\n",
        "run.yaml:1: features.mfccs: 80 coefficients need as many features.mels (there are 64); take fewer")]
    [InlineData("split: {kind: savee, fold: 4}\n", "run.yaml:1: split.fold: 4 is outside 0 to 3 (savee has 4 folds)")]
    [InlineData("- train\n", "run.yaml:1: expected keys and values such as `train: {epochs: 5}`")]
    [InlineData("train:\n\tepochs: 5\n", "run.yaml:2: a tab in the indentation; YAML takes spaces only")]
    [InlineData("seed: 1\nseed: 2\n", "run.yaml:2: duplicate key seed")]
    [InlineData("a: &x 1\nb: *x\n", "run.yaml:1: anchors and aliases are not read here; write the values out")]
    [InlineData("seed: !much 1\n", "run.yaml:1: a tag (!much) is not read here; write the value alone")]
    [InlineData("seed: 1\n---\nseed: 2\n", "run.yaml:3: more than one document; keep what is above `---`")]
    public void A_mistake_is_one_line_that_names_file_line_key_and_the_way_out(string yaml, string line) =>
        Assert.Equal(line.Replace("MODELS", Models, StringComparison.Ordinal), _folder.Error(yaml));

    private static string Models => string.Join(", ", ModelCatalog.Names);

    [Fact]
    public void Bad_syntax_names_its_line() => Assert.StartsWith("run.yaml:2: ", _folder.Error("train:\n  epochs: [1, 2\nseed: 1\n"));

    [Fact]
    public void All_mistakes_are_reported_together() => Assert.Equal(
        "run.yaml:2: train.epoch: unknown key; did you mean train.epochs?\n"
            + "run.yaml:3: train.batch_size: 0 is outside 1 to 65536\n"
            + "run.yaml:4: model.name: 'alexnet' is not one of "
            + Models + "\n"
            + "--set sede: unknown key; did you mean seed?\n"
            + "run.yaml:5: features.hop: 600 skips samples; at most features.fft_size (512)",
        _folder.Error("train:\n  epoch: 5\n  batch_size: 0\nmodel: alexnet\nfeatures: {hop: 600}\n", "sede=3"));

    [Theory]
    [InlineData("train.epoch=5", "--set train.epoch: unknown key; did you mean train.epochs?")]
    [InlineData("train.epochs=five", "--set train.epochs: expected a whole number, got 'five'")]
    [InlineData("train.epochs", "--set train.epochs: expected KEY=VALUE, such as train.epochs=5")]
    [InlineData("=5", "--set =5: expected KEY=VALUE, such as train.epochs=5")]
    [InlineData("train..epochs=5", "--set train..epochs=5: expected KEY=VALUE, such as train.epochs=5")]
    [InlineData("seed.x=5", "--set seed: expected a single value")]
    public void An_override_is_checked_like_a_file(string given, string line) => Assert.Equal(line, _folder.Error("seed: 1\n", given));

    [Fact]
    public void An_override_that_is_no_yaml_says_so() =>
        Assert.StartsWith("--set data.corpora: ", _folder.Error("seed: 1\n", "data.corpora=[a"));

    [Fact]
    public void A_missing_file_names_the_nearest()
    {
        string path = _folder.Write("base.yaml", "");
        string wrong = path.Replace("base", "bse", StringComparison.Ordinal);
        Assert.Equal("bse.yaml: no such file; did you mean base.yaml?", _folder.Error(() => ConfigReader.ReadRun([wrong], [])));
    }

    [Fact]
    public void A_folder_names_a_file_that_is_in_it()
    {
        string folder = Path.GetDirectoryName(_folder.Write("configs/of.txt", ""))!;
        Assert.Equal("configs: a folder; give a file", _folder.Error(() => ConfigReader.ReadRun([folder], [])));
        _folder.Write("configs/base.yaml", "");
        Assert.Equal(
            "configs: a folder; give a file, such as configs/base.yaml", _folder.Error(() => ConfigReader.ReadRun([folder], [])));
        _folder.Write("configs/study.yaml", "");
        Assert.EndsWith("such as configs/study.yaml", _folder.Error(() => ConfigReader.ReadRun([folder], [])), StringComparison.Ordinal);
    }

    /// <summary>Only to train: a run of a label file that has gone is still reported.</summary>
    [Fact]
    public void A_label_set_that_is_not_there_is_found_at_its_line_where_a_run_is_to_be_trained()
    {
        string file = _folder.Write("run.yaml", "seed: 1\ndata: {labels: fuor}\n");
        Assert.Equal("fuor", ConfigReader.ReadRun([file], []).Data.Labels);
        string[] lines = _folder.Error(() => ConfigReader.ReadRun([file], ["train.labels=al"], toTrain: true)).Split('\n');
        string[] begins =
        [
            "run.yaml:2: data.labels: there is no label set 'fuor'; did you mean four? (",
            "--set train.labels: there is no label set 'al'; did you mean all? (",
        ];
        Assert.Equal(begins, lines.Zip(begins, (line, begin) => line[..begin.Length]));
    }

    [Fact]
    public void A_circle_of_bases_is_an_error()
    {
        string a = _folder.Write("a.yaml", "base: sub/b.yaml\n");
        _folder.Write("sub/b.yaml", "seed: 1\nbase: ../a.yaml\n");
        Assert.Equal(
            "sub/b.yaml:2: base: a.yaml starts from b.yaml starts from a.yaml: a circle",
            _folder.Error(() => ConfigReader.ReadRun([a], [])));
    }

    [Fact]
    public void A_missing_base_names_the_line() =>
        Assert.Equal("run.yaml:2: base: no such file: none.yaml", _folder.Error("seed: 1\nbase: none.yaml\n"));
}
