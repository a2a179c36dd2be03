using SpeechEmotion.Architectures;
using SpeechEmotion.Corpora;
using SpeechEmotion.Features;
using SpeechEmotion.Training;
using static SpeechEmotion.Tests.SoundBytes;

namespace SpeechEmotion.Tests;

/// <summary>Files that the readers accept, to be damaged by the tests.</summary>
internal static class GoodFiles
{
    public static List<byte[]> Wavs()
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

    public static List<byte[]> Aiffs()
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

    public static IEnumerable<byte[]> Configs(params string[] names) =>
        names.Select(name => File.ReadAllBytes(MiniatureCorpus.Config(name)));

    public static IEnumerable<byte[]> Studies() =>
        Directory.EnumerateFiles(Path.Combine(MiniatureCorpus.Repository, "experiments"), "study.yaml", SearchOption.AllDirectories)
            .Order()
            .Select(file => Ascii(System.Text.RegularExpressions.Regex.Replace(
                File.ReadAllText(file), @"(?<=[\[ ])[\w./]+\.yaml",
                path => Path.GetFullPath(path.Value, Path.GetDirectoryName(file)!))));

    public static List<byte[]> Checkpoints() =>
    [
        .. new[] { "mlp", "cnn", "lstm", "cnn_lstm", "cnn-last" }
            .Select(name => File.ReadAllBytes(OldCheckpointTests.Fixture("with-temperature", name + ".ser"))),
    ];

    /// <summary>Writes a checkpoint of a model that is read without libtorch.</summary>
    public static void KernelMachine(string path)
    {
        RbfNetworkOptions options = new() { Centres = 3, Moments = true, Groups = [20, 20], Weights = [100, 50] };
        FeatureOptions features = new() { Kind = "mfcc", Mfccs = 20 };
        Normaliser normaliser = new("none", new float[20], [.. Enumerable.Repeat(1f, 20)]);
        ModelCard card = new("rbf_network", options, new ModelShape(features.Width, 2), "two", ["sad", "happy"], features, normaliser);
        using EmotionModel model = card.Build();
        Checkpoint.Write(path, card, model);
    }

    public static byte[] Table() => Ascii(string.Concat(Enumerable.Range(0, 3).Select(row =>
        string.Join(',', Enumerable.Range(0, FeatureTable.Width).Select(i => $"{(row - 1) * 0.37 * i:R}")) + "\n")));

    public static byte[] Listed() => Ascii("file,speaker,gender,emotion\nx.wav,f1,female,sad\n\"y, z.wav\",m2,,anger\n");
}
