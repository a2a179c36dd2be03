using SpeechEmotion.Corpora;
using SpeechEmotion.Features;

namespace SpeechEmotion.Tests;

public sealed class FeatureCacheDamageTests : CacheFolder
{
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
        // A right checksum over a string whose length is given as -1, as in a file of another program.
        byte[] negative = [0xFF, 0xFF, 0xFF, 0xFF, 0x0F];
        byte[] summed = [.. System.Security.Cryptography.SHA256.HashData(negative), .. negative];
        byte[][] damaged = [.. flipped, .. cut, [.. whole, 0], new byte[whole.Length], summed];
        foreach (byte[] bytes in damaged)
        {
            Array.ForEach(Segments, File.Delete);
            File.WriteAllBytes(segment, bytes);
            Computed = 0;
            Same(right, Load(manifest));
            Load(manifest);
            Assert.Equal(3, Computed);
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
        Same(right, Load(manifest));
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
        Assert.Equal(2, Computed);
    }
}
