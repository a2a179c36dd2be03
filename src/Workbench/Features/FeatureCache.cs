using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SpeechEmotion.Audio;
using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Features;

/// <summary>Features on disk, keyed by the SHA-256 of the sound and by the options that made them. Several processes may fill it at once;
/// one that is killed leaves nothing half-written and loses little.</summary>
/// <param name="folder">The cache's folder; created if missing.</param>
public sealed class FeatureCache(string folder)
{
    /// <summary>Increase it whenever the same options produce other values (7: the products of a cepstrum are added in a
    /// fixed order).</summary>
    private const int Version = 7;

    /// <summary>Clips computed and written at a time: a killed process loses at most these.</summary>
    private const int MostClips = 512;

    /// <summary>Values computed and written at a time (256 MB), a limit that matters where clips are long.</summary>
    private const int MostValues = 1 << 26;

    /// <summary>Loads features; computes those that are missing and stores them.</summary>
    /// <param name="manifest">Locates the sound files.</param>
    /// <param name="utterances">The clips to load.</param>
    /// <param name="options">The front end.</param>
    /// <param name="device">Device that computes missing features; a GPU rounds otherwise than a CPU, so each has a cache of its
    /// own.</param>
    /// <param name="augment">Augmentation of the sound: each clip is replaced by <see cref="AugmentOptions.Copies"/> altered copies. Null
    /// gives the clips themselves.</param>
    /// <param name="seed">Seed of the copies. All random draws depend only on it, the clip's SHA-256 and the copy's number.</param>
    /// <param name="progress">Called with the number of missing clips done so far and the number that were missing; not called where none
    /// is missing.</param>
    /// <returns>Features by utterance key; copies are `key#1`, `key#2`, ….</returns>
    /// <exception cref="InputException">A sound file cannot be read or does not match the manifest's SHA-256, or the kind is of a feature
    /// table.</exception>
    /// <exception cref="IOException">The cache cannot be read or written. What was written before stays.</exception>
    public IReadOnlyDictionary<string, Feature> Load(
        Manifest manifest,
        IReadOnlyList<Utterance> utterances,
        FeatureOptions options,
        Device device,
        AugmentOptions? augment = null,
        int seed = 0,
        Action<int, int>? progress = null)
    {
        IEnumerable<int> numbers = augment is null ? [0] : Enumerable.Range(1, augment.Copies);
        Clip[] wanted = utterances.SelectMany(u => numbers.Select(copy => new Clip(u, copy))).ToArray();
        HashSet<string> names = wanted.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        FeatureStore store = Complete(manifest, wanted, options, device, augment, seed, progress, names);
        return wanted.ToDictionary(c => c.Key, c => store.Find(c.Name)!);
    }

    /// <summary>Computes missing features and stores them, without keeping any in memory.</summary>
    /// <param name="manifest">As in <see cref="Load"/>.</param>
    /// <param name="utterances">As in <see cref="Load"/>.</param>
    /// <param name="options">As in <see cref="Load"/>.</param>
    /// <param name="device">As in <see cref="Load"/>.</param>
    /// <param name="progress">As in <see cref="Load"/>.</param>
    /// <exception cref="InputException">As in <see cref="Load"/>.</exception>
    /// <exception cref="IOException">As in <see cref="Load"/>.</exception>
    public void Fill(
        Manifest manifest, IReadOnlyList<Utterance> utterances, FeatureOptions options, Device device, Action<int, int>? progress = null) =>
        Complete(manifest, [.. utterances.Select(u => new Clip(u, 0))], options, device, null, 0, progress, new HashSet<string>());

    /// <summary>Returns the cache folder of these options, with all clips in it. Only the clips named in `taken` are in memory.</summary>
    private FeatureStore Complete(
        Manifest manifest, Clip[] clips, FeatureOptions options, Device device,
        AugmentOptions? augment, int seed, Action<int, int>? progress, IReadOnlySet<string> taken)
    {
        string key = Key(options, device, augment, seed);
        FeatureStore store = new(Path.Combine(folder, key[..16]), key, taken);
        store.Refresh();
        Clip[] missing = Missing(clips);
        if (missing.Length > 0)
        {
            Compute();
        }

        return store;

        // Byte-identical files are one clip.
        Clip[] Missing(IEnumerable<Clip> among) => among.Where(c => !store.Has(c.Name)).DistinctBy(c => c.Name).ToArray();

        void Compute()
        {
            using FeatureExtractor extractor = new(options, device);
            double clipValues = (double)options.Frames(options.MaxSeconds) * options.Width;
            Clip[][] portions = missing.Chunk((int)Math.Clamp(MostValues / clipValues, 1, MostClips)).ToArray();

            // The order is random, so that two processes that start together begin with different portions and each takes over what the
            // other has done.
            Random.Shared.Shuffle(portions);
            int done = 0;
            foreach (Clip[] portion in portions)
            {
                store.Refresh();
                Clip[] left = Missing(portion);
                if (left.Length > 0)
                {
                    Waveform[] speech = new Waveform[left.Length];
                    InParallel.Each(left.Length, i => speech[i] = Speech(extractor, manifest, left[i], augment, seed));
                    store.Add(left.Zip(extractor.Transform(speech)).ToDictionary(p => p.First.Name, p => p.Second));
                }

                progress?.Invoke(done += portion.Length, missing.Length);
            }
        }
    }

    private static Waveform Speech(FeatureExtractor extractor, Manifest manifest, Clip clip, AugmentOptions? augment, int seed)
    {
        string path = manifest.PathOf(clip.Utterance), sha = clip.Utterance.Sha256;
        using (FileStream file = File.OpenRead(path))
        {
            // Features are stored under the SHA-256, so the file must still match it.
            if (Convert.ToHexStringLower(SHA256.HashData(file)) != sha)
            {
                throw new InputException(
                    $"{path}: is not as it was scanned; run the command again (where its size and time are unchanged, `touch` it first)");
            }
        }

        Waveform sound = AudioFile.Read(path);
        try
        {
            return extractor.Used(augment is null ? extractor.Speech(sound)
                : augment.BeforeCut ? extractor.Speech(sound, Altered)
                : Altered(extractor.Speech(sound)));
        }
        catch (InputException e)
        {
            throw new InputException($"{path}: {e.Message}", e); // The front end does not know the path.
        }

        Waveform Altered(Waveform wave)
        {
            byte[] draw = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {sha} {clip.Copy}"));
            return WaveAugment.Apply(wave, augment, new Random(BinaryPrimitives.ReadInt32LittleEndian(draw)));
        }
    }

    /// <summary>Key of everything that determines the stored values. Augmentation that is drawn each time a clip is seen is not part of
    /// it; the device is only where it is no CPU, so that caches made before it was part of the key stay valid.</summary>
    internal static string Key(FeatureOptions options, Device device, AugmentOptions? augment, int seed)
    {
        AugmentOptions? sound = augment?.OfSound();
        string text = JsonSerializer.Serialize(new { Version, options, sound, seed = sound is null ? 0 : seed })
            + (device.type == DeviceType.CPU ? "" : $" {device.type}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private sealed record Clip(Utterance Utterance, int Copy)
    {
        public string Key => Copy == 0 ? Utterance.Key : $"{Utterance.Key}#{Copy}";

        public string Name => $"{Utterance.Sha256}#{Copy}";
    }
}
