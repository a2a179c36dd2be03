using System.Security.Cryptography;
using System.Text.Json;

namespace SpeechEmotion.Training;

/// <summary>What stands in a <see cref="Checkpoint"/> before its weights, and the sum that closes it.</summary>
internal static class CheckpointHead
{
    public const string Mark = "SER checkpoint";
    public const int Version = 1;

    /// <summary>The way out where a run is to go on from a file; a file that a person has named is not to be removed.</summary>
    public const string Anew = "remove the file to train anew";

    /// <summary>Opens a file whose sum is right.</summary>
    /// <param name="path">The file.</param>
    /// <param name="way">The way out of a wrong sum.</param>
    /// <exception cref="InputException">Missing, damaged or no checkpoint.</exception>
    public static BinaryReader Open(
        string path, string way = "give a .ser file or a run's folder (of a .safetensors file `ser import` makes one)")
    {
        if (!File.Exists(path))
        {
            // Who has named a folder knows nothing of the file in it.
            throw new InputException(
                Path.GetDirectoryName(Path.GetDirectoryName(path)) is string run && Directory.Exists(run) && new RunFolder(run).Best == path
                    ? $"{run}: holds no weights (checkpoints/best.ser); give the folder of a trained run "
                        + "(published results keep no weights: the study's own folder, runs/…, has them)"
                    : $"{path}: no such file; give a .ser file or a run's folder");
        }

        byte[] bytes = File.ReadAllBytes(path);
        int length = bytes.Length - SHA256.HashSizeInBytes;
        if (length < 0 || !SHA256.HashData(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(bytes.AsSpan(length)))
        {
            throw new InputException($"{path}: no checkpoint, or a damaged one (its checksum is wrong); {way}");
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
