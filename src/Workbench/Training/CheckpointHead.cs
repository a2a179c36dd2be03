using System.Security.Cryptography;
using System.Text.Json;

namespace SpeechEmotion.Training;

/// <summary>The part of a <see cref="Checkpoint"/> before its weights, and the checksum at its end.</summary>
internal static class CheckpointHead
{
    public const string Mark = "SER checkpoint";
    public const int Version = 1;

    /// <summary>Advice in the error when a run resumes from a file. Not for a file that the user named: that one should not be
    /// removed.</summary>
    public const string Anew = "remove the file to train anew";

    /// <summary>Opens a checkpoint and verifies its checksum.</summary>
    /// <param name="path">The file.</param>
    /// <param name="way">Advice in the error if the checksum is wrong.</param>
    /// <exception cref="InputException">Missing, damaged or not a checkpoint.</exception>
    public static BinaryReader Open(
        string path, string way = "give a .ser file or a run's folder (of a .safetensors file `ser import` makes one)")
    {
        if (!File.Exists(path))
        {
            // A user who named a folder does not know the file in it, so the error names the folder.
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

    /// <summary>Reads the card and state, and leaves the reader at the start of the weights.</summary>
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
