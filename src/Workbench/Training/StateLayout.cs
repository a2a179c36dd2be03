using System.Runtime.InteropServices;
using SpeechEmotion.Architectures;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>Holds saved tensors against what they are to be read into, before TorchSharp reads them: it takes a file's word for the number of
/// dimensions and would set aside whatever memory that asks for. The reader is left where it was.</summary>
internal static class StateLayout
{
    /// <summary>Checks a model's saved state: how many tensors, then for each its name, type, shape and values, all finite.</summary>
    /// <param name="reader">Stands before the state, on a stream that can be sought.</param>
    /// <param name="model">The model that will read it.</param>
    /// <exception cref="InvalidDataException">It is the state of another model, or holds a value that is not finite.</exception>
    /// <exception cref="EndOfStreamException">It is cut short.</exception>
    /// <exception cref="FormatException">A number is broken.</exception>
    public static void RequireWeights(BinaryReader reader, EmotionModel model)
    {
        long start = reader.BaseStream.Position;
        Dictionary<string, Tensor> state = model.state_dict();
        Require(reader.Read7BitEncodedInt64() == state.Count, "another number of tensors");
        while (state.Count > 0)
        {
            string name = reader.ReadString();
            Require(state.Remove(name, out Tensor? tensor), "a tensor that the model lacks");
            RequireTensor(reader, name, tensor!);
        }

        reader.BaseStream.Position = start;
    }

    /// <summary>Checks AdamW's saved state as far as sizes go: what ends the file is, for each parameter, a step (eight bytes), two moments, and a
    /// byte that says there is no third.</summary>
    /// <param name="reader">Stands before the state, which goes to the stream's end.</param>
    /// <param name="model">The model whose parameters are optimised.</param>
    /// <exception cref="InvalidDataException">It is the state of an optimiser of other parameters.</exception>
    public static void RequireMoments(BinaryReader reader, EmotionModel model)
    {
        long start = reader.BaseStream.Position;
        Tensor[] parameters = [.. model.parameters()];
        long at = reader.BaseStream.Length - parameters.Sum(p => 8 + 2 * Size(p) + 1);
        Require(at > start, "too few moments");
        reader.BaseStream.Position = at;
        foreach (Tensor parameter in parameters)
        {
            reader.BaseStream.Position += 8;
            RequireTensor(reader, "moment", parameter);
            RequireTensor(reader, "moment", parameter);
            Require(!reader.ReadBoolean(), "a third moment");
        }

        reader.BaseStream.Position = start;
    }

    private static void RequireTensor(BinaryReader reader, string name, Tensor like)
    {
        Require(reader.Read7BitEncodedInt64() == (long)like.dtype && reader.Read7BitEncodedInt64() == like.shape.Length, $"another type of '{name}'");
        Require(like.shape.All(size => reader.Read7BitEncodedInt64() == size), $"another shape of '{name}'");
        if (like.dtype != ScalarType.Float32)
        {
            reader.BaseStream.Position += like.numel() * like.ElementSize; // A counter of batches.
            return;
        }

        byte[] values = reader.ReadBytes(checked((int)(sizeof(float) * like.numel())));
        if (values.Length < sizeof(float) * like.numel())
        {
            throw new EndOfStreamException();
        }

        bool finite = true;
        foreach (float value in MemoryMarshal.Cast<byte, float>(values))
        {
            finite &= float.IsFinite(value);
        }

        Require(finite, $"a value of '{name}' that is not finite");
    }

    /// <summary>Bytes of a saved tensor: numbers of seven bits a byte for type, dimensions and their sizes, then the values.</summary>
    private static long Size(Tensor tensor) => 2 + tensor.shape.Sum(size => size < 1 << 7 ? 1 : size < 1 << 14 ? 2 : 3) + (sizeof(float) * tensor.numel());

    private static void Require(bool holds, string found)
    {
        if (!holds)
        {
            throw new InvalidDataException($"there is {found}");
        }
    }
}
