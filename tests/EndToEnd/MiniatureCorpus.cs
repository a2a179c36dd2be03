using SpeechEmotion.Architectures;
using SpeechEmotion.Cli;
using SpeechEmotion.Corpora;
using SpeechEmotion.Training;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

/// <summary>A few synthetic speakers on disk, and the command line run on them as a person would.</summary>
public sealed class MiniatureCorpus : IDisposable
{
    /// <summary>The smallest run that still does everything.</summary>
    public static readonly string[] Tiny =
    [
        "--set", "train.epochs=2", "--set", "train.batch_size=16", "--set", "threads=1", "--set", "features.mels=16",
        "--set", "split.folds=3",
    ];

    private readonly WithVariable _cache;

    public MiniatureCorpus()
    {
        _cache = new("SER_CACHE", In("cache"));
        SyntheticCorpus.Write(Data, new SyntheticOptions(Speakers: 6, ClipsPerEmotion: 2));
        set_num_threads(1);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory().FullName;

    public string Data => In("data");

    public static string Repository { get; } = FindRepository();

    public string In(string path) => Path.Combine(Folder, path);

    public static string Config(string path) => Path.Combine(Repository, "configs", path);

    public static (int Code, string Output, string Error) Ser(params string[] arguments) =>
        Ser(TestContext.Current.CancellationToken, arguments);

    public static (int Code, string Output, string Error) Ser(CancellationToken stop, params string[] arguments)
    {
        StringWriter output = new(), error = new();
        return (App.Run(arguments, output, error, stop), output.ToString(), error.ToString());
    }

    public string[] Train(string model, string folder, params string[] more) =>
        ["train", Config("base.yaml"), Config($"models/{model}.yaml"), "--data", Data, "--out", In(folder), .. Tiny, .. more];

    /// <summary>The speaker of a clip's key, as rows of predictions have it: `synthetic/F01`.</summary>
    public static string SpeakerOf(string key) => key[..key.IndexOf('_', StringComparison.Ordinal)];

    /// <summary>The first layer's weights of a checkpoint.</summary>
    public static float[] FirstWeights(string checkpoint)
    {
        using EmotionModel model = Checkpoint.ReadModel(checkpoint).Model;
        return [.. model.parameters().First().data<float>()];
    }

    /// <summary>Copies the corpus under the same file names with other sound (the last sample of each file differs); returns the
    /// folder.</summary>
    public string Altered()
    {
        string folder = In("altered");
        foreach (string clip in Directory.EnumerateFiles(Data, "*.wav", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(folder, Path.GetRelativePath(Data, clip));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            byte[] bytes = File.ReadAllBytes(clip);
            bytes[^1] ^= 1;
            File.WriteAllBytes(copy, bytes);
        }

        return folder;
    }

    public void Dispose()
    {
        _cache.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static string FindRepository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "SpeechEmotion.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("the tests run inside the repository");
    }
}

[CollectionDefinition("miniature")]
public sealed class MiniatureCollection : ICollectionFixture<MiniatureCorpus>;
