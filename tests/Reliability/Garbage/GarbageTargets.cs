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

/// <summary>All readers of the workbench. To add one, add its name to <see cref="Names"/> and a line to <see cref="All"/>.</summary>
internal sealed class GarbageTargets : IDisposable
{
    private const string Key = "key";
    private static readonly HashSet<string> Clips = ["one", "two"];

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
        "WAV", "AIFF", "split", "config", "study", "labels", "damaged features", "signed features",
        "damaged checkpoint", "signed checkpoint", "signed last checkpoint", "signed kernel machine",
        "safetensors", "predictions", "feature table", "listed corpus",
    ];

    public IReadOnlyList<GarbageTarget> All =>
    [
        new("WAV", 300, false, GoodFiles.Wavs(), Sound),
        new("AIFF", 250, false, GoodFiles.Aiffs(), Sound),
        new("split", 60, true, [Written(path => SplitFile.Write(path, Split))], File(path => SplitFile.Read(path, Data))),
        new("config", 40, true,
            [.. GoodFiles.Configs("base.yaml", "augment/published.yaml", "debug/small.yaml", "features/mfcc.yaml", "models/cnn_lstm.yaml")],
            File(Config)),
        new("study", 20, true, [.. GoodFiles.Studies()], File(path => Study.Read(path, []))),
        new("labels", 30, true, [.. GoodFiles.Configs("labels/four.yaml", "labels/eight.yaml")], File(path => LabelSets.Load(path))),
        new("damaged features", 60, false, [Segment()], Features),
        new("signed features", 60, false, [Segment()[32..]], Features) { Sign = body => [.. SHA256.HashData(body), .. body] },
        new("damaged checkpoint", 20, false, [.. GoodFiles.Checkpoints()], Damaged),
        new("signed checkpoint", 40, false, [.. GoodFiles.Checkpoints().Select(file => file[..^32])],
            File(path => Checkpoint.ReadModel(path).Model.Dispose())) { Sign = Signed },
        new("signed last checkpoint", 20, false, [GoodFiles.Checkpoints()[^1][..^32]], File(Last)) { Sign = Signed },
        new("signed kernel machine", 60, false, [Written(GoodFiles.KernelMachine)[..^32]],
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
        new("feature table", 60, true, [GoodFiles.Table()], bytes =>
        {
            System.IO.File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(In("table")).FullName, "f_sad.csv"), bytes);
            System.IO.File.WriteAllText(In("table/labels_sad.csv"), "sad\nsad\nsad\n");
            FeatureTable table = FeatureTable.Read(In("table"));
            Assert.True(table.Rows.Count == 3
                && table.Rows.Values.All(row => row.Values.Length == FeatureTable.Width && row.Values.All(float.IsFinite)));
        }),
        new("listed corpus", 60, true, [GoodFiles.Listed()], bytes =>
        {
            System.IO.File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(In("listed/mine")).FullName, ListedCorpus.FileName), bytes);
            foreach (ListedCorpus corpus in ListedCorpus.Read(In("listed"), ["mine/" + ListedCorpus.FileName]))
            {
                Assert.All(corpus.Files, file => Assert.NotEmpty(corpus.Parse(file)!.Speaker));
            }
        }),
    ];

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

    private void Config(string path)
    {
        string yaml = ConfigWriter.ToYaml(ConfigReader.ReadRun([path], []));
        System.IO.File.WriteAllText(In("again"), yaml);
        Assert.Equal(yaml, ConfigWriter.ToYaml(ConfigReader.ReadRun([In("again")], [])));
    }

    /// <summary>A segment of the feature cache with two clips.</summary>
    private byte[] Segment()
    {
        string folder = In("store");
        Dictionary<string, Feature> clips = new() { ["one"] = new([1, 2, 3, 4, 5, 6], 2, 3), ["two"] = new([7, 8, 9], 1, 3) };
        new FeatureStore(folder, Key, Clips).Add(clips);
        byte[] bytes = System.IO.File.ReadAllBytes(Directory.EnumerateFiles(folder).Single());
        Directory.Delete(folder, recursive: true);
        return bytes;
    }

    /// <summary>A segment with any fault counts as absent; the features that it gives must be in the file.</summary>
    private void Features(byte[] bytes)
    {
        string folder = Directory.CreateDirectory(In("features")).FullName;
        System.IO.File.WriteAllBytes(Path.Combine(folder, "a.features"), bytes);
        FeatureStore store = new(folder, Key, Clips);
        store.Refresh();
        Feature?[] found = [.. Clips.Select(store.Find)];
        Assert.All(found.OfType<Feature>(), f => Assert.True(
            f.Frames > 0 && f.Width > 0 && f.Values.Length == f.Frames * f.Width && Contains(bytes, f)));
        if (found.Contains(null))
        {
            throw new InputException("a segment that counts as absent");
        }
    }

    private static bool Contains(byte[] bytes, Feature feature) =>
        bytes.AsSpan().IndexOf(System.Runtime.InteropServices.MemoryMarshal.AsBytes(feature.Values.AsSpan())) >= 0;

    private static byte[] Signed(byte[] body) => [.. body, .. SHA256.HashData(body)];

    /// <summary>The checksum detects every change of a checkpoint.</summary>
    private void Damaged(byte[] bytes)
    {
        System.IO.File.WriteAllBytes(In("input"), bytes);
        Checkpoint.ReadModel(In("input")).Model.Dispose();
        Assert.Contains(GoodFiles.Checkpoints(), good => good.AsSpan().SequenceEqual(bytes));
    }

    private static void Last(string path)
    {
        (ModelCard card, EmotionModel model) = Checkpoint.ReadModel(path);
        using EmotionModel owned = model;
        using AdamW optimiser = optim.AdamW(model.parameters());
        Checkpoint.Read(path, card, model, optimiser);
    }

    private void Weights(string path)
    {
        WeightExchange.Import(path, In("imported"));
        Checkpoint.ReadModel(In("imported")).Model.Dispose();
    }
}
