using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SpeechEmotion.Features;

/// <summary>One immutable file of the feature cache: SHA-256 of the rest, then clips (name, frames, width, values). It is written whole or not at all,
/// and read whole or not at all.</summary>
internal static class FeatureSegment
{
    private const string Ending = ".features";

    /// <summary>Writes clips to a new segment, named by its content.</summary>
    public static void Write(string folder, IReadOnlyDictionary<string, Feature> clips)
    {
        using MemoryStream body = new();
        using (BinaryWriter writer = new(body, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(clips.Count);
            foreach ((string name, Feature feature) in clips)
            {
                writer.Write(name);
                writer.Write(feature.Frames);
                writer.Write(feature.Width);
                writer.Write(MemoryMarshal.AsBytes(feature.Values.AsSpan()));
            }
        }

        byte[] bytes = body.ToArray(), sum = SHA256.HashData(bytes);
        AtomicFile.Write(Path.Combine(folder, Convert.ToHexStringLower(sum.AsSpan(0, 16)) + Ending), stream =>
        {
            stream.Write(sum);
            stream.Write(bytes);
        });
    }

    /// <summary>All clips of a folder's sound segments; a damaged one is taken for absent, and its clips are computed again.</summary>
    public static Dictionary<string, Feature> ReadAll(string folder)
    {
        Dictionary<string, Feature> clips = new(StringComparer.Ordinal);
        if (Directory.Exists(folder))
        {
            foreach (string path in Directory.EnumerateFiles(folder, "*" + Ending).Order(StringComparer.Ordinal))
            {
                Read(path, clips);
            }
        }

        return clips;
    }

    private static void Read(string path, Dictionary<string, Feature> clips)
    {
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.Length < SHA256.HashSizeInBytes
            || !SHA256.HashData(bytes.AsSpan(SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(bytes.AsSpan(0, SHA256.HashSizeInBytes)))
        {
            return;
        }

        using BinaryReader reader = new(new MemoryStream(bytes, SHA256.HashSizeInBytes, bytes.Length - SHA256.HashSizeInBytes));
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            string name = reader.ReadString();
            int frames = reader.ReadInt32(), width = reader.ReadInt32();
            float[] values = new float[frames * width];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            clips[name] = new Feature(values, frames, width);
        }
    }
}
