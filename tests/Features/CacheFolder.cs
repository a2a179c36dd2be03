using System.Security.Cryptography;
using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Features;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

/// <summary>A folder with clips and a feature cache of them.</summary>
public abstract class CacheFolder : IDisposable
{
    protected static readonly FeatureOptions Small = new() { Mels = 16 };
    protected static readonly AugmentOptions Noise = new() { NoiseDb = 10, ShiftSeconds = 0.1 };

    protected DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory();

    /// <summary>Clips computed by all loads so far.</summary>
    protected int Computed { get; set; }

    protected string Cache => Path.Combine(Folder.FullName, "cache");

    protected string[] Segments => Directory.GetFiles(Cache, "*.features", SearchOption.AllDirectories);

    public void Dispose()
    {
        Folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    // Equal bit for bit, even if both are computed: each clip is computed by itself, frame by frame.
    protected static void Same(IReadOnlyDictionary<string, Feature> expected, IReadOnlyDictionary<string, Feature> actual)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(expected, e => Assert.Equal(e.Value.Values, actual[e.Key].Values));
    }

    protected static void Write(string path, int samples)
    {
        using FileStream file = File.Create(path);
        byte[] data = TestSound.Make(samples).Samples.SelectMany(s => BitConverter.GetBytes((short)(s * 32767))).ToArray();
        using BinaryWriter writer = new(file);
        writer.Write("RIFF"u8);
        writer.Write(36 + data.Length);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write([1, 0, 1, 0, 0x80, 0x3e, 0, 0, 0, 0x7d, 0, 0, 2, 0, 16, 0]);
        writer.Write("data"u8);
        writer.Write(data.Length);
        writer.Write(data);
    }

    protected static Utterance Describe(string root, string name)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(root, name));
        string sha = Convert.ToHexStringLower(SHA256.HashData(bytes));
        string key = "c/" + Path.GetFileNameWithoutExtension(name);
        return new Utterance(key, "c", name, sha, "c/1", "female", "sad", bytes.Length / 32000.0, 16000);
    }

    protected Manifest Clips(int count)
    {
        string root = Folder.CreateSubdirectory("sound").FullName;
        string[] names = Enumerable.Range(0, count).Select(i => $"{i}.wav").ToArray();
        for (int i = 0; i < count; i++)
        {
            Write(Path.Combine(root, names[i]), 4000 + 2000 * i);
        }

        return new Manifest(root, names.Select(name => Describe(root, name)).ToArray());
    }

    protected IReadOnlyDictionary<string, Feature> Load(
        Manifest manifest, FeatureOptions? options = null, int copies = 0, int seed = 1, AugmentOptions? augment = null)
    {
        int last = 0;
        AugmentOptions? altered = copies > 0 ? (augment ?? Noise) with { Copies = copies } : null;
        IReadOnlyDictionary<string, Feature> features = new FeatureCache(Cache).Load(
            manifest, manifest.Utterances, options ?? Small, CPU, altered, seed, (done, _) => last = done);
        lock (Folder)
        {
            Computed += last;
        }

        return features;
    }
}
