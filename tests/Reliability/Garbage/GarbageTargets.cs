using System.Security.Cryptography;
using SpeechEmotion.Architectures;
using SpeechEmotion.Audio;
using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Features;
using SpeechEmotion.Labels;
using SpeechEmotion.Splits;
using SpeechEmotion.Training;
using TorchSharp.Modules;
using static SpeechEmotion.Tests.SoundBytes;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

/// <summary>A reader, and what it is fed with.</summary>
/// <param name="Name">What it reads.</param>
/// <param name="Share">Inputs in per cent of the number asked for.</param>
/// <param name="Text">Whether its files are text.</param>
/// <param name="Good">Good files, which are spoilt.</param>
/// <param name="Read">Reads a file; throws what the reader throws, and fails where the reader took what it should not have.</param>
internal sealed record GarbageTarget(string Name, int Share, bool Text, IReadOnlyList<byte[]> Good, Action<byte[]> Read)
{
    /// <summary>Makes a spoilt file pass for whole, so that what lies behind a checksum is met too.</summary>
    public Func<byte[], byte[]> Sign { get; init; } = bytes => bytes;
}

/// <summary>Every reader of the workbench. A new one is a name and a line in <see cref="All"/>.</summary>
internal sealed class GarbageTargets : IDisposable
{
    private const string Key = "key";

    private static readonly Utterance[] Data =
    [
        .. new[] { "DC", "JE", "JK" }.SelectMany(speaker => Enumerable.Range(1, 3).Select(i => new Utterance(
            $"savee/{speaker}_a0{i}", "savee", $"{speaker}/a0{i}.wav", Convert.ToHexStringLower(SHA256.HashData(Ascii(speaker + i))),
            $"savee/{speaker}", "male", "a", 1.5, 44100))),
    ];

    private readonly DirectoryInfo _folder = Directory.Exists("/dev/shm")
        ? Directory.CreateDirectory(Path.Combine("/dev/shm", Path.GetRandomFileName())) : Directory.CreateTempSubdirectory();

    public static string[] Names { get; } =
    [
        "WAV", "AIFF", "manifest", "split", "config", "study", "labels", "damaged features", "signed features",
        "damaged checkpoint", "signed checkpoint", "signed last checkpoint", "signed kernel machine",
        "safetensors", "predictions", "feature table", "listed corpus",
    ];

    public IReadOnlyList<GarbageTarget> All =>
    [
        new("WAV", 300, false, Wavs(), Sound),
        new("AIFF", 250, false, Aiffs(), Sound),
        new("manifest", 60, true, [Written(path => ManifestFile.Write(path, new Manifest("/data", Data)))], bytes => Manifest(bytes)),
        new("split", 60, true, [Written(path => SplitFile.Write(path, Split))], File(path => SplitFile.Read(path, Data))),
        new("config", 40, true,
            [.. Configs("base.yaml", "augment/published.yaml", "debug/small.yaml", "features/mfcc.yaml", "models/cnn_lstm.yaml")],
            File(Config)),
        new("study", 20, true, [.. Studies()], File(path => Study.Read(path, []))),
        new("labels", 30, true, [.. Configs("labels/four.yaml", "labels/eight.yaml")], File(path => LabelSets.Load(path))),
        new("damaged features", 60, false, [Segment()], Features),
        new("signed features", 60, false, [Segment()[32..]], Features) { Sign = body => [.. SHA256.HashData(body), .. body] },
        new("damaged checkpoint", 20, false, [.. Checkpoints()], Damaged),
        new("signed checkpoint", 40, false, [.. Checkpoints().Select(file => file[..^32])],
            File(path => Checkpoint.ReadModel(path).Model.Dispose())) { Sign = Signed },
        new("signed last checkpoint", 20, false, [Checkpoints()[^1][..^32]], File(Last)) { Sign = Signed },
        new("signed kernel machine", 60, false, [Written(KernelMachine)[..^32]],
            File(path => new EmotionClassifier(path).Dispose())) { Sign = Signed },
        new("safetensors", 60, false,
            [Written(path => WeightExchange.Export(OldCheckpointTests.Fixture("with-temperature", "cnn.ser"), path))], File(Weights)),
        new("predictions", 30, true,
            [
                Written(
                    path => PredictionsFile.Write(
                        path, ["a", "b"], [new("k", "c", "s", "male", 0, [0.75, 0.25]), new("l", "c", "s", "male", 1, [0.25, 0.75])]),
                    ".csv"),
            ],
            File(path => PredictionsFile.Read(path), ".csv")),
        new("feature table", 60, true, [Table()], bytes =>
        {
            System.IO.File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(In("table")).FullName, "f_sad.csv"), bytes);
            System.IO.File.WriteAllText(In("table/labels_sad.csv"), "sad\nsad\nsad\n");
            FeatureTable table = FeatureTable.Read(In("table"));
            Assert.True(table.Rows.Count == 3
                && table.Rows.Values.All(row => row.Values.Length == FeatureTable.Width && row.Values.All(float.IsFinite)));
        }),
        new("listed corpus", 60, true, [Listed()], bytes =>
        {
            System.IO.File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(In("listed/mine")).FullName, ListedCorpus.FileName), bytes);
            foreach (ListedCorpus corpus in ListedCorpus.Read(In("listed"), ["mine/" + ListedCorpus.FileName]))
            {
                Assert.All(corpus.Files, file => Assert.NotEmpty(corpus.Parse(file)!.Speaker));
            }
        }),
    ];

    private static byte[] Listed() => Ascii("file,speaker,gender,emotion\nx.wav,f1,female,sad\n\"y, z.wav\",m2,,anger\n");

    private static byte[] Table() => Ascii(string.Concat(Enumerable.Range(0, 3).Select(row =>
        string.Join(',', Enumerable.Range(0, FeatureTable.Width).Select(i => $"{(row - 1) * 0.37 * i:R}")) + "\n")));

    public void Dispose() => _folder.Delete(recursive: true);

    private static Split Split => new("own", true, [.. Keys(0)], [.. Keys(3)], [.. Keys(6)]);

    private static IEnumerable<string> Keys(int from) => Data[from..(from + 3)].Select(u => u.Key);

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private Action<byte[]> File(Action<string> read, string ending = "") => bytes =>
    {
        System.IO.File.WriteAllBytes(In("input" + ending), bytes);
        read(In("input" + ending));
    };

    private byte[] Written(Action<string> write, string ending = "")
    {
        write(In("good" + ending));
        return System.IO.File.ReadAllBytes(In("good" + ending));
    }

    private static void Sound(byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        Waveform wave = AudioFile.Read(stream, "upload.wav");
        (float[] samples, int rate) = SoundOracle.Decode(bytes);
        Assert.Equal(rate, wave.SampleRate);
        Assert.Equal(samples, wave.Samples);
    }

    private static List<byte[]> Wavs()
    {
        byte[] noise = new byte[96];
        new Random(1).NextBytes(noise);
        byte[] extensible = Chunk("fmt ", Join(
            Little(0xFFFE, 2), Little(1, 2), Little(48000, 4), Little(144000, 4), Little(3, 2), Little(24, 2), Little(22, 2),
            Little(24, 2), Little(4, 4), Little(1, 2), new byte[14]));
        byte[] sizes = Chunk("ds64", Join(Little(200, 8), Little(96, 8), Little(48, 8), Little(0, 4)));
        byte[] rf64 = Join(Ascii("RF64"), Little(uint.MaxValue, 4), Ascii("WAVE"), sizes, Format(16), Chunk("data", noise, uint.MaxValue));
        return
        [
            Wav(8, noise), Wav(16, noise), Wav(24, noise), Wav(32, noise), Wav(16, noise, channels: 2),
            Wav(32, Singles(0, 0.5f, -1, 1), tag: 3), Wav(64, Doubles(0, 0.5, -1), tag: 3), Riff(extensible, Chunk("data", noise)),
            Riff(Format(16), Chunk("FLLR", new byte[20]), Chunk("data", noise), Chunk("LIST", noise)),
            Riff(Format(20, align: 3), Chunk("data", noise)), rf64,
        ];
    }

    private static List<byte[]> Aiffs()
    {
        byte[] noise = new byte[96];
        new Random(2).NextBytes(noise);
        return
        [
            Aiff(16, noise), Aiff(8, noise), Aiff(24, noise, channels: 2), Aiff(16, noise, "sowt"), Aiff(24, noise, "in24"),
            Aiff(8, noise, "raw "), Aiff(32, Swap(Singles(0, 0.5f, -1, 1), 4), "fl32"), Aiff(64, Swap(Doubles(0, 0.5, -1), 8), "FL64"),
            Aiff(16, noise, offset: 6), Aiff(16, noise, frames: 0), Aiff(32, noise, "NONE"),
        ];
    }

    private void Manifest(byte[] bytes)
    {
        System.IO.File.WriteAllBytes(In("input"), bytes);
        Manifest read = ManifestFile.Read(In("input"));
        Assert.All(read.Utterances, u => Assert.True(
            u.Seconds is > 0 and < 1e6
            && u.SampleRate is >= AudioFile.LowestRate and <= AudioFile.HighestRate
            && u.Sha256.Length == 64
            && u.Sound.Length == 64
            && u.Key.StartsWith(u.Corpus + "/", StringComparison.Ordinal)
            && u.Speaker.StartsWith(u.Corpus + "/", StringComparison.Ordinal),
            $"{u}"));
        ManifestFile.Write(In("again"), read);
        Assert.Equal(read.Utterances, ManifestFile.Read(In("again")).Utterances);
    }

    private void Config(string path)
    {
        string yaml = ConfigWriter.ToYaml(ConfigReader.ReadRun([path], []));
        System.IO.File.WriteAllText(In("again"), yaml);
        Assert.Equal(yaml, ConfigWriter.ToYaml(ConfigReader.ReadRun([In("again")], [])));
    }

    private static IEnumerable<byte[]> Configs(params string[] names) =>
        names.Select(name => System.IO.File.ReadAllBytes(MiniatureCorpus.Config(name)));

    private static IEnumerable<byte[]> Studies() =>
        Directory.EnumerateFiles(Path.Combine(MiniatureCorpus.Repository, "experiments"), "study.yaml", SearchOption.AllDirectories)
            .Order()
            .Select(file => Ascii(System.Text.RegularExpressions.Regex.Replace(
                System.IO.File.ReadAllText(file), @"(?<=[\[ ])[\w./]+\.yaml",
                path => Path.GetFullPath(path.Value, Path.GetDirectoryName(file)!))));

    /// <summary>A segment of two clips.</summary>
    private byte[] Segment()
    {
        string folder = In("store");
        Dictionary<string, Feature> clips = new() { ["one"] = new([1, 2, 3, 4, 5, 6], 2, 3), ["two"] = new([7, 8, 9], 1, 3) };
        new FeatureStore(folder, Key).Add(clips);
        byte[] bytes = System.IO.File.ReadAllBytes(Directory.EnumerateFiles(folder).Single());
        Directory.Delete(folder, recursive: true);
        return bytes;
    }

    /// <summary>Whatever is wrong, a segment counts as absent; what it gives stands in it.</summary>
    private void Features(byte[] bytes)
    {
        string folder = Directory.CreateDirectory(In("features")).FullName;
        System.IO.File.WriteAllBytes(Path.Combine(folder, "a.features"), bytes);
        FeatureStore store = new(folder, Key);
        store.Refresh();
        Feature?[] found = [.. new[] { "one", "two" }.Select(store.Find)];
        Assert.All(found.OfType<Feature>(), f => Assert.True(
            f.Frames > 0 && f.Width > 0 && f.Values.Length == f.Frames * f.Width && Contains(bytes, f)));
        if (found.Contains(null))
        {
            throw new InputException("a segment that counts as absent");
        }
    }

    private static bool Contains(byte[] bytes, Feature feature) =>
        bytes.AsSpan().IndexOf(System.Runtime.InteropServices.MemoryMarshal.AsBytes(feature.Values.AsSpan())) >= 0;

    private static List<byte[]> Checkpoints() =>
    [
        .. new[] { "mlp", "cnn", "lstm", "cnn_lstm", "cnn-last" }
            .Select(name => System.IO.File.ReadAllBytes(OldCheckpointTests.Fixture("with-temperature", name + ".ser"))),
    ];

    private static byte[] Signed(byte[] body) => [.. body, .. SHA256.HashData(body)];

    /// <summary>No change of a checkpoint escapes its sum.</summary>
    private void Damaged(byte[] bytes)
    {
        System.IO.File.WriteAllBytes(In("input"), bytes);
        Checkpoint.ReadModel(In("input")).Model.Dispose();
        Assert.Contains(Checkpoints(), good => good.AsSpan().SequenceEqual(bytes));
    }

    private static void Last(string path)
    {
        (ModelCard card, EmotionModel model) = Checkpoint.ReadModel(path);
        using EmotionModel owned = model;
        using AdamW optimiser = optim.AdamW(model.parameters());
        Checkpoint.Read(path, card, model, optimiser);
    }

    /// <summary>One that is read without libtorch.</summary>
    private static void KernelMachine(string path)
    {
        RbfNetworkOptions options = new() { Centres = 3, Moments = true, Groups = [20, 20], Weights = [100, 50] };
        FeatureOptions features = new() { Kind = "mfcc", Mfccs = 20 };
        Normaliser normaliser = new("none", new float[20], [.. Enumerable.Repeat(1f, 20)]);
        ModelCard card = new("rbf_network", options, new ModelShape(features.Width, 2), "two", ["sad", "happy"], features, normaliser);
        using EmotionModel model = card.Build();
        Checkpoint.Write(path, card, model);
    }

    private void Weights(string path)
    {
        WeightExchange.Import(path, In("imported"));
        Checkpoint.ReadModel(In("imported")).Model.Dispose();
    }
}
