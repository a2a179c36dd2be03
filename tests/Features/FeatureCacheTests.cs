using System.Globalization;
using SpeechEmotion.Audio;
using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Features;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public sealed class FeatureCacheTests : CacheFolder
{
    [Fact]
    public void Warm_is_cold_bit_for_bit_and_computes_nothing()
    {
        Manifest manifest = Clips(5);
        IReadOnlyDictionary<string, Feature> cold = Load(manifest);
        Assert.Equal(5, Computed);
        IReadOnlyDictionary<string, Feature> warm = Load(manifest);
        Assert.Equal(5, Computed);
        Same(cold, warm);

        using FeatureExtractor extractor = new(Small, CPU);
        Utterance third = manifest.Utterances[2];
        Assert.Equal(extractor.Extract([AudioFile.Read(manifest.PathOf(third))])[0].Values, warm[third.Key].Values);
    }

    [Fact]
    public void What_is_filled_is_loaded_without_being_computed()
    {
        Manifest manifest = Clips(3);
        Load(manifest with { Utterances = [manifest.Utterances[1]] });
        List<int> filled = [];
        for (int time = 0; time < 2; time++)
        {
            new FeatureCache(Cache).Fill(manifest, manifest.Utterances, Small, CPU, (_, of) => filled.Add(of));
        }

        Assert.Equal([2], filled);
        Assert.All(Load(manifest).Values, clip => Assert.True(clip.Frames > 1));
        Assert.Equal(1, Computed);
    }

    /// <summary>A GPU rounds otherwise, so a run on a CPU must not depend on whether one has filled the cache before.</summary>
    [Fact]
    public void A_GPU_has_a_cache_of_its_own_and_a_CPU_the_one_that_it_always_had()
    {
        FeatureOptions standard = new();
        Device card = new(DeviceType.CUDA);
        Assert.Equal("906ed851909204e78b57deb04083a9f1384a0c0d9026756e95b01418a83b5509", FeatureCache.Key(standard, CPU, null, 1));
        Assert.Equal("73033fafbb7700197d08337483c40b9e5598299fcdef4a9c8ca78a0399a917c3", FeatureCache.Key(standard, CPU, Noise, 1));
        Assert.NotEqual(FeatureCache.Key(standard, CPU, null, 1), FeatureCache.Key(standard, card, null, 1));
        Assert.Equal(FeatureCache.Key(standard, card, null, 1), FeatureCache.Key(standard, new Device(DeviceType.CUDA, 1), null, 1));
    }

    [Fact]
    public void Each_alteration_of_sound_has_a_cache_of_its_own()
    {
        AugmentOptions[] all =
        [
            Noise, Noise with { NoiseDb = 11 }, Noise with { NoiseTilt = 3 }, Noise with { RoomSeconds = 0.5 },
            Noise with { EqualiseDb = 6 }, Noise with { ShiftSeconds = 0.2 }, Noise with { PitchSemitones = 2 },
            Noise with { Stretch = 0.1 }, Noise with { BeforeCut = true },
        ];
        Assert.Equal(all.Length, all.Select(augment => FeatureCache.Key(Small, CPU, augment, 1)).Distinct().Count());
    }

    [Fact]
    public void Other_options_are_computed_anew()
    {
        Manifest manifest = Clips(2);
        Load(manifest);
        Assert.InRange(Load(manifest, Small with { Hop = 100 })["c/0"].Frames, 20, 41);
        Assert.Equal(4, Computed);
        Load(manifest, Small with { TrimDb = 39.5 });
        Assert.Equal(6, Computed);
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
        Assert.Equal(3, Computed);
        Assert.NotEqual(before[first.Key].Frames, after[first.Key].Frames);

        Directory.Delete(Cache, recursive: true);
        InputException error = Assert.Throws<InputException>(() => Load(manifest));
        Assert.StartsWith($"{manifest.PathOf(first)}: is not as it was scanned", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Identical_files_are_computed_once()
    {
        Manifest manifest = Clips(2);
        Write(Path.Combine(manifest.Root, "twin.wav"), 4000);
        manifest = manifest with { Utterances = [.. manifest.Utterances, Describe(manifest.Root, "twin.wav")] };
        IReadOnlyDictionary<string, Feature> features = Load(manifest);
        Assert.Equal(3, features.Count);
        Assert.Equal(2, Computed);
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

        // These alterations are drawn each time a clip is used, so nothing is computed again.
        int before = Computed;
        Load(manifest, copies: 1, augment: Noise with { Copies = 1, GainDb = 6, Mixup = 0.2, TimeMask = 9, FrequencyMask = 3 });
        Assert.Equal(before, Computed);

        Directory.Delete(Cache, recursive: true);
        Manifest backwards = manifest with { Utterances = [manifest.Utterances[2], manifest.Utterances[1]] };
        Assert.Equal(features["c/1#2"].Values, Load(backwards, copies: 2)["c/1#2"].Values);
    }

    [Fact]
    public void Two_files_of_one_sound_are_altered_otherwise()
    {
        Manifest manifest = Clips(1);
        byte[] sound = File.ReadAllBytes(manifest.PathOf(manifest.Utterances[0]));
        File.WriteAllBytes(Path.Combine(manifest.Root, "twin.wav"), [.. sound, 0]); // a byte after the samples
        manifest = manifest with { Utterances = [.. manifest.Utterances, Describe(manifest.Root, "twin.wav")] };
        IReadOnlyDictionary<string, Feature> plain = Load(manifest), altered = Load(manifest, copies: 1);
        Assert.Equal(plain["c/0"].Values, plain["c/twin"].Values);
        Assert.NotEqual(altered["c/0#1"].Values, altered["c/twin#1"].Values);
    }

    [Fact]
    public void A_copy_that_is_altered_as_recorded_keeps_its_noisy_ends()
    {
        // The quarter of a second of silence at either end is cut off, unless there is noise in it when the clip is cut.
        string root = Folder.CreateSubdirectory("sound").FullName;
        WavWriter.Write(Path.Combine(root, "0.wav"), [.. new float[4096], .. TestSound.Make(16384).Samples, .. new float[4096]], 16000);
        Manifest manifest = new(root, [Describe(root, "0.wav")]);
        AugmentOptions noise = new() { NoiseDb = 10 };
        int after = Load(manifest, copies: 1, augment: noise)["c/0#1"].Frames;
        int before = Load(manifest, copies: 1, augment: noise with { BeforeCut = true })["c/0#1"].Frames;
        Assert.Equal(1 + (24576 / Small.Hop), before);
        Assert.InRange(after, 1, before - 30); // of the 32 frames of silence, those that reach into the sound stay
    }

    [Fact]
    public async Task Two_may_fill_a_folder_at_once()
    {
        Manifest manifest = Clips(12);
        IReadOnlyDictionary<string, Feature>[] both = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => Task.Run(() => Load(manifest), TestContext.Current.CancellationToken)));
        Same(both[0], both[1]);
        int before = Computed;
        Same(both[0], Load(manifest));
        Assert.Equal(before, Computed);
        Assert.Empty(Directory.GetFiles(Cache, "*.tmp", SearchOption.AllDirectories));
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
            Assert.Equal(1, Computed);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_clip_of_one_sample_can_be_altered()
    {
        string root = Folder.CreateSubdirectory("short").FullName;
        Write(Path.Combine(root, "one.wav"), 1);
        AugmentOptions all = Noise with { PitchSemitones = 2, Stretch = 0.1 };
        Feature feature = Load(new Manifest(root, [Describe(root, "one.wav")]), copies: 1, augment: all)["c/one#1"];
        Assert.All(feature.Values, v => Assert.True(float.IsFinite(v)));
    }
}
