using System.Security.Cryptography;
using System.Text.Json;

namespace SpeechEmotion.Training;

/// <summary>What stands in a <see cref="Checkpoint"/> before its weights, and the sum that closes it.</summary>
internal static class CheckpointHead
{
    public const string Mark = "SER checkpoint";
    public const int Version = 1;

    /// <summary>Opens a file whose sum is right.</summary>
    /// <exception cref="InputException">Missing, damaged or no checkpoint.</exception>
    public static BinaryReader Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: no such checkpoint; train the run first");
        }

        byte[] bytes = File.ReadAllBytes(path);
        int length = bytes.Length - SHA256.HashSizeInBytes;
        if (length < 0 || !SHA256.HashData(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(bytes.AsSpan(length)))
        {
            throw new InputException($"{path}: damaged or not a checkpoint (its checksum is wrong); remove the file to train anew");
        }

        return new BinaryReader(new MemoryStream(bytes, 0, length, writable: false));
    }

    /// <summary>Reads card and state, and leaves the reader before the weights.</summary>
    /// <exception cref="InputException">Of a newer version, or of another program.</exception>
    public static (ModelCard Card, string State) Read(BinaryReader reader, string path)
    {
        try
        {
            string mark = reader.ReadString();
            int version = reader.ReadInt32();
            return mark == Mark && version <= Version
                ? (ModelCard.FromJson(reader.ReadString()), reader.ReadString())
                : throw new InputException(
                    $"{path}: version {version} of '{mark}' is not one that this program reads (it reads '{Mark}' up to {Version}); "
                    + "update the program");
        }
        catch (Exception e) when (e is ArgumentException or JsonException or IOException or FormatException)
        {
            throw new InputException(
                $"{path}: not a checkpoint that this program reads ({e.Message}); update the program or train anew", e);
        }
    }
}
