using System.Globalization;
using System.Security.Cryptography;
using SpeechEmotion.Audio;
using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Features;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public sealed class FeatureCacheTests : IDisposable
{
    private static readonly FeatureOptions Small = new() { Mels = 16 };
    private static readonly AugmentOptions Noise = new() { NoiseDb = 10, ShiftSeconds = 0.1 };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private int _computed;

    private string Cache => Path.Combine(_folder.FullName, "cache");

    private string[] Segments => Directory.GetFiles(Cache, "*.features", SearchOption.AllDirectories);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Warm_is_cold_bit_for_bit_and_computes_nothing()
    {
        Manifest manifest = Clips(5);
        IReadOnlyDictionary<string, Feature> cold = Load(manifest);
        Assert.Equal(5, _computed);
        IReadOnlyDictionary<string, Feature> warm = Load(manifest);
        Assert.Equal(5, _computed);
        Same(cold, warm);

        using FeatureExtractor extractor = new(Small, CPU);
        Utterance third = manifest.Utterances[2];
        Assert.Equal(extractor.Extract([AudioFile.Read(manifest.PathOf(third))])[0].Values, warm[third.Key].Values, Near);
    }

    [Fact]
    public void Other_options_are_computed_anew()
    {
        Manifest manifest = Clips(2);
        Load(manifest);
        Assert.InRange(Load(manifest, Small with { Hop = 100 })["c/0"].Frames, 20, 41);
        Assert.Equal(4, _computed);
        Load(manifest, Small with { TrimDb = 39.5 });
        Assert.Equal(6, _computed);
        Assert.Equal(3, Directory.GetDirectories(Cache).Length);
    }

    [Fact]
    public void A_changed_file_is_computed_anew_and_never_under_its_old_sum()
    {
        Manifest manifest = Clips(2);
        IReadOnlyDictionary<string, Feature> before = Load(manifest);
        Utterance first = manifest.Utterances[0];
        Write(manifest.PathOf(first), 9000);
        Manifest changed = manifest with { Utterances = [Describe(manifest.Root, first.Path), manifest.Utterances[1]] };
        IReadOnlyDictionary<string, Feature> after = Load(changed);
        Assert.Equal(3, _computed);
        Assert.NotEqual(before[first.Key].Frames, after[first.Key].Frames);

        Directory.Delete(Cache, recursive: true);
        InputException error = Assert.Throws<InputException>(() => Load(manifest));
        Assert.Contains(manifest.PathOf(first), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Identical_files_are_computed_once()
    {
        Manifest manifest = Clips(2);
        Write(Path.Combine(manifest.Root, "twin.wav"), 4000);
        manifest = manifest with { Utterances = [.. manifest.Utterances, Describe(manifest.Root, "twin.wav")] };
        IReadOnlyDictionary<string, Feature> features = Load(manifest);
        Assert.Equal(3, features.Count);
        Assert.Equal(2, _computed);
    }

    [Fact]
    public void Copies_depend_on_seed_number_and_clip_alone()
    {
        Manifest manifest = Clips(3);
        IReadOnlyDictionary<string, Feature> features = Load(manifest, copies: 2);
        Assert.Equal(["c/0#1", "c/0#2", "c/1#1", "c/1#2", "c/2#1", "c/2#2"], features.Keys.Order());
        Assert.NotEqual(features["c/1#1"].Values, features["c/1#2"].Values);
        Assert.NotEqual(features["c/1#1"].Values, Load(manifest)["c/1"].Values);
        Assert.NotEqual(features["c/1#1"].Values, Load(manifest, copies: 1, seed: 2)["c/1#1"].Values);

        // Drawn each time a clip is seen, so no reason to compute again.
        int before = _computed;
        Load(manifest, copies: 1, augment: Noise with { Copies = 1, GainDb = 6, Mixup = 0.2, TimeMask = 9, FrequencyMask = 3 });
        Assert.Equal(before, _computed);

        Directory.Delete(Cache, recursive: true);
        Manifest backwards = manifest with { Utterances = [manifest.Utterances[2], manifest.Utterances[1]] };
        Assert.Equal(features["c/1#2"].Values, Load(backwards, copies: 2)["c/1#2"].Values, Near);
    }

    [Fact]
    public async Task Two_may_fill_a_folder_at_once()
    {
        Manifest manifest = Clips(12);
        IReadOnlyDictionary<string, Feature>[] both = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => Task.Run(() => Load(manifest), TestContext.Current.CancellationToken)));
        Close(both[0], both[1]);
        int before = _computed;
        Close(both[0], Load(manifest));
        Assert.Equal(before, _computed);
        Assert.Empty(Directory.GetFiles(Cache, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_damaged_segment_is_computed_again()
    {
        Manifest manifest = Clips(3);
        IReadOnlyDictionary<string, Feature> right = Load(manifest);
        string segment = Assert.Single(Segments);
        byte[] whole = File.ReadAllBytes(segment);
        int[] places = [0, 31, 32, 40, 100, whole.Length / 2, whole.Length - 1];
        IEnumerable<byte[]> flipped = places.Select(place => whole.Select((b, i) => i == place ? (byte)(b ^ 4) : b).ToArray());
        IEnumerable<byte[]> cut = places.Select(place => whole[..place]);
        byte[][] damaged = [.. flipped, .. cut, [.. whole, 0], new byte[whole.Length]];
        foreach (byte[] bytes in damaged)
        {
            Array.ForEach(Segments, File.Delete);
            File.WriteAllBytes(segment, bytes);
            _computed = 0;
            Close(right, Load(manifest));
            Load(manifest);
            Assert.Equal(3, _computed);
        }
    }

    [Fact]
    public void What_a_killed_process_left_goes_after_a_day()
    {
        Manifest manifest = Clips(2);
        Load(manifest with { Utterances = [manifest.Utterances[0]] });
        string old = Segments[0] + ".1-1.tmp", young = Segments[0] + ".1-2.tmp";
        File.WriteAllText(old, "half");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-2));
        File.WriteAllText(young, "half");
        Load(manifest);
        Assert.False(File.Exists(old));
        Assert.True(File.Exists(young));
    }

    [Fact]
    public void A_segment_of_other_options_is_not_taken()
    {
        Manifest manifest = Clips(2);
        Load(manifest, Small with { TopDb = 30 });
        string stray = Segments[0];
        IReadOnlyDictionary<string, Feature> right = Load(manifest);
        string home = Directory.GetDirectories(Cache).Single(d => d != Path.GetDirectoryName(stray));
        Directory.Delete(home, recursive: true);
        Directory.CreateDirectory(home);
        File.Copy(stray, Path.Combine(home, Path.GetFileName(stray)));
        Close(right, Load(manifest));
    }

    [Fact]
    public void A_broken_file_stops_with_its_name_and_keeps_what_was_done()
    {
        Manifest manifest = Clips(2);
        Load(manifest);
        File.WriteAllText(Path.Combine(manifest.Root, "bad.wav"), "no sound");
        Manifest worse = manifest with { Utterances = [.. manifest.Utterances, Describe(manifest.Root, "bad.wav")] };
        Assert.Contains("bad.wav", Assert.Throws<InputException>(() => Load(worse)).Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(manifest.Root, "bad.wav"));
        Assert.Throws<FileNotFoundException>(() => Load(worse));
        Load(manifest);
        Assert.Equal(2, _computed);
    }

    [Fact]
    public void The_culture_has_no_part_in_the_key()
    {
        CultureInfo before = CultureInfo.CurrentCulture, comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NegativeSign = "~";
        Manifest manifest = Clips(1);
        try
        {
            Load(manifest, Small with { TrimDb = 39.5 }, copies: 1, seed: -3);
            CultureInfo.CurrentCulture = comma;
            Load(manifest, Small with { TrimDb = 39.5 }, copies: 1, seed: -3);
            Assert.Equal(1, _computed);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_clip_of_one_sample_can_be_altered()
    {
        string root = _folder.CreateSubdirectory("short").FullName;
        Write(Path.Combine(root, "one.wav"), 1);
        AugmentOptions all = Noise with { PitchSemitones = 2, Stretch = 0.1 };
        Feature feature = Load(new Manifest(root, [Describe(root, "one.wav")]), copies: 1, augment: all)["c/one#1"];
        Assert.All(feature.Values, v => Assert.True(float.IsFinite(v)));
    }

    // Computed twice, where a product of matrices may add in another order: some units of 2^-24 of 100 dB.
    private static bool Near(float[] a, float[] b) => a.Length == b.Length && a.Zip(b).All(p => Math.Abs(p.First - p.Second) < 1e-4);

    private static void Same(IReadOnlyDictionary<string, Feature> expected, IReadOnlyDictionary<string, Feature> actual)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(expected, e => Assert.Equal(e.Value.Values, actual[e.Key].Values));
    }

    private static void Close(IReadOnlyDictionary<string, Feature> expected, IReadOnlyDictionary<string, Feature> actual)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(expected, e => Assert.Equal(e.Value.Values, actual[e.Key].Values, Near));
    }

    private static void Write(string path, int samples)
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

    private static Utterance Describe(string root, string name)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(root, name));
        string sha = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return new Utterance("c/" + Path.GetFileNameWithoutExtension(name), "c", name, sha, "c/1", "female", "sad", bytes.Length / 32000.0, 16000);
    }

    private Manifest Clips(int count)
    {
        string root = _folder.CreateSubdirectory("sound").FullName;
        string[] names = Enumerable.Range(0, count).Select(i => $"{i}.wav").ToArray();
        for (int i = 0; i < count; i++)
        {
            Write(Path.Combine(root, names[i]), 4000 + 2000 * i);
        }

        return new Manifest(root, names.Select(name => Describe(root, name)).ToArray());
    }

    private IReadOnlyDictionary<string, Feature> Load(
        Manifest manifest, FeatureOptions? options = null, int copies = 0, int seed = 1, AugmentOptions? augment = null)
    {
        int last = 0;
        IReadOnlyDictionary<string, Feature> features = new FeatureCache(Cache).Load(
            manifest, manifest.Utterances, options ?? Small, CPU, copies > 0 ? augment ?? Noise : null, copies, seed, (done, _) => last = done);
        Interlocked.Add(ref _computed, last);
        return features;
    }
}
