using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SpeechEmotion.Features;

/// <summary>One folder of the feature cache, read into memory. It holds segments: immutable files of many clips each, little-endian like
/// every platform that libtorch runs on. A segment is the SHA-256 of the rest, the folder's key, the number of clips, and for each clip its
/// name, frames, width and values. Segments are named by their content and renamed into place when complete, so any number of processes may
/// add to a folder at once.</summary>
/// <param name="folder">The folder; created when something is added.</param>
/// <param name="key">Identifies what made the features; a segment with another key is ignored.</param>
/// <param name="wanted">Clips to load into memory; of others only the names are kept.</param>
internal sealed class FeatureStore(string folder, string key, IReadOnlySet<string> wanted)
{
    private const string Ending = ".features";
    private readonly Dictionary<string, Feature> _clips = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Whether a clip is in the folder.</summary>
    public bool Has(string name) => _names.Contains(name);

    /// <summary>A clip by name, or null where it is not in the folder or not wanted.</summary>
    public Feature? Find(string name) => _clips.GetValueOrDefault(name);

    /// <summary>Reads the segments added since the last call. A damaged one counts as absent, so its clips are computed again.</summary>
    public void Refresh()
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        string[] paths = [.. Directory.EnumerateFiles(folder, "*" + Ending).Order(StringComparer.Ordinal).Where(_seen.Add)];
        Dictionary<string, Feature?>[] segments = new Dictionary<string, Feature?>[paths.Length];
        InParallel.Each(paths.Length, i => segments[i] = Read(paths[i]));
        foreach ((string name, Feature? feature) in segments.SelectMany(s => s))
        {
            Keep(name, feature);
        }
    }

    /// <summary>Writes clips to a new segment, and keeps those that are wanted in memory.</summary>
    public void Add(IReadOnlyDictionary<string, Feature> clips)
    {
        using MemoryStream body = new();
        using BinaryWriter writer = new(body);
        writer.Write(key);
        writer.Write(clips.Count);
        foreach ((string name, Feature feature) in clips)
        {
            writer.Write(name);
            writer.Write(feature.Frames);
            writer.Write(feature.Width);
            writer.Write(MemoryMarshal.AsBytes(feature.Values.AsSpan()));
            Keep(name, wanted.Contains(name) ? feature : null);
        }

        ReadOnlyMemory<byte> bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        byte[] sum = SHA256.HashData(bytes.Span);
        string path = Path.Combine(folder, Convert.ToHexStringLower(sum.AsSpan(0, 16)) + Ending);
        _seen.Add(path);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(sum);
            stream.Write(bytes.Span);
        });
        AtomicFile.Sweep(folder);
    }

    private void Keep(string name, Feature? feature)
    {
        _names.Add(name);
        if (feature is not null)
        {
            _clips[name] = feature;
        }
    }

    /// <summary>The clips of a segment by name; null for a clip that is not wanted.</summary>
    private Dictionary<string, Feature?> Read(string path)
    {
        FileStream file;
        try
        {
            file = File.OpenRead(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return []; // Someone is emptying the cache.
        }

        // Read twice, once for the checksum and once for the clips: the whole file beside its clips would double the memory that reading
        // takes.
        using (file)
        {
            byte[] sum = new byte[SHA256.HashSizeInBytes];
            if (file.ReadAtLeast(sum, sum.Length, throwOnEndOfStream: false) < sum.Length
                || !SHA256.HashData(file).AsSpan().SequenceEqual(sum))
            {
                return [];
            }

            file.Position = sum.Length;
            try
            {
                return Parse(file);
            }
            catch (Exception e) when (e is IOException or FormatException)
            {
                return []; // The checksum fits, but another program wrote it: it ends early, or a string's length is negative.
            }
        }
    }

    private Dictionary<string, Feature?> Parse(Stream body)
    {
        Dictionary<string, Feature?> clips = [];
        using BinaryReader reader = new(body);
        if (reader.ReadString() != key)
        {
            return clips;
        }

        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            string name = reader.ReadString();
            int frames = reader.ReadInt32(), width = reader.ReadInt32();
            if (frames < 1 || width < 1 || (long)frames * width > (body.Length - body.Position) / sizeof(float))
            {
                throw new FormatException($"{name}: {frames} frames of {width} values");
            }

            if (!wanted.Contains(name))
            {
                body.Seek((long)frames * width * sizeof(float), SeekOrigin.Current);
                clips[name] = null;
                continue;
            }

            float[] values = new float[frames * width];
            body.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            clips[name] = new Feature(values, frames, width);
        }

        return body.Position == body.Length ? clips : throw new FormatException("more than its clips");
    }
}
