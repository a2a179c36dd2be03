using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SpeechEmotion.Audio;
using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using static TorchSharp.torch;

namespace SpeechEmotion.Features;

/// <summary>Features on disk, by the sound's SHA-256 and the options that made them. Processes may fill it at once: each writes files of its own,
/// whole or not at all, and equal work gives equal files.</summary>
/// <param name="folder">Where it is; made where missing.</param>
public sealed class FeatureCache(string folder)
{
    /// <summary>Raised when the same options come to mean other values.</summary>
    private const int Version = 1;

    /// <summary>Clips that are computed and written at a time: what a killed process loses at most.</summary>
    private const int Portion = 512;

    /// <summary>Reads features, and computes and keeps those that are missing.</summary>
    /// <param name="manifest">Says where the sound is.</param>
    /// <param name="utterances">Which clips.</param>
    /// <param name="options">The front end.</param>
    /// <param name="device">Where missing ones are computed.</param>
    /// <param name="augment">Alters the sound of copies; null gives the clips themselves.</param>
    /// <param name="copies">Copies of each clip where <paramref name="augment"/> is given.</param>
    /// <param name="seed">Seed of the copies; with the clip's SHA-256 and the copy's number it decides all that is drawn.</param>
    /// <param name="progress">Hears clips computed so far, of how many.</param>
    /// <returns>Features by key; copies are `key#1`, `key#2`, ….</returns>
    /// <exception cref="InputException">A sound file cannot be read, or the options contradict each other.</exception>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    public IReadOnlyDictionary<string, Feature> Load(
        Manifest manifest,
        IReadOnlyList<Utterance> utterances,
        FeatureOptions options,
        Device device,
        AugmentOptions? augment = null,
        int copies = 0,
        int seed = 0,
        Action<int, int>? progress = null)
    {
        string home = Path.Combine(folder, Key(options, augment, seed));
        Dictionary<string, Feature> kept = FeatureSegment.ReadAll(home);
        Clip[] wanted = utterances.SelectMany(u => augment is null ? [new Clip(u, 0)] : Enumerable.Range(1, copies).Select(copy => new Clip(u, copy))).ToArray();
        Clip[] missing = wanted.Where(c => !kept.ContainsKey(c.Name)).DistinctBy(c => c.Name).ToArray();
        if (missing.Length > 0)
        {
            using FeatureExtractor extractor = new(options, device);
            int done = 0;
            foreach (Clip[] portion in missing.Chunk(Portion))
            {
                Waveform[] waves = new Waveform[portion.Length];
                Each(portion.Length, i => waves[i] = Sound(manifest, portion[i], augment, seed));
                IReadOnlyList<Feature> features = extractor.Extract(waves);
                Dictionary<string, Feature> fresh = portion.Zip(features).ToDictionary(p => p.First.Name, p => p.Second);
                FeatureSegment.Write(home, fresh);
                foreach ((string name, Feature feature) in fresh)
                {
                    kept[name] = feature;
                }

                progress?.Invoke(done += portion.Length, missing.Length);
            }
        }

        return wanted.ToDictionary(c => c.Key, c => kept[c.Name]);
    }

    private static Waveform Sound(Manifest manifest, Clip clip, AugmentOptions? augment, int seed)
    {
        Waveform wave = AudioFile.Read(manifest.PathOf(clip.Utterance));
        return augment is null ? wave : WaveAugment.Apply(wave, augment, new Random(BinaryPrimitives.ReadInt32LittleEndian(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {clip.Utterance.Sha256} {clip.Copy}")))));
    }

    /// <summary>A folder name from all that decides a value. What is drawn anew for each batch has no part in it.</summary>
    private static string Key(FeatureOptions options, AugmentOptions? augment, int seed)
    {
        AugmentOptions? sound = augment is null ? null : augment with { Copies = 0, GainDb = 0, FrequencyMask = 0, TimeMask = 0, Mixup = 0 };
        string text = JsonSerializer.Serialize(new { Version, options, sound, seed = sound is null ? 0 : seed });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }

    /// <summary>Runs in parallel, and lets the first error out as it was thrown.</summary>
    private static void Each(int count, Action<int> work)
    {
        try
        {
            Parallel.For(0, count, work);
        }
        catch (AggregateException e) when (e.InnerException is InputException or IOException)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerException);
        }
    }

    private sealed record Clip(Utterance Utterance, int Copy)
    {
        public string Key => Copy == 0 ? Utterance.Key : $"{Utterance.Key}#{Copy}";

        public string Name => $"{Utterance.Sha256}#{Copy}";
    }
}
