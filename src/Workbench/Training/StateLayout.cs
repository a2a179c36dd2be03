using System.Numerics;
using System.Runtime.InteropServices;
using SpeechEmotion.Architectures;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>Checks saved tensors against the tensors that they are to be read into, before TorchSharp reads them: TorchSharp trusts the
/// number of dimensions in a file and would allocate whatever memory that asks for.</summary>
internal static class StateLayout
{
    /// <summary>Loads a model's saved state: the number of tensors, then for each its name, type, shape and values, all finite.
    /// TorchSharp's own load moves a model on a GPU to the CPU and back, which replaces its tensors, so that an optimiser made before no
    /// longer updates them: for a model that trains on, a second model is loaded and its values are copied.</summary>
    /// <param name="reader">At the start of the state, on a seekable stream; at the end of the state on return.</param>
    /// <param name="card">Builds the second model.</param>
    /// <param name="model">Takes the state.</param>
    /// <param name="trainsOn">True if an optimiser holds the model's tensors.</param>
    /// <exception cref="InvalidDataException">It is the state of another model, or holds a value that is not finite.</exception>
    /// <exception cref="EndOfStreamException">It is cut short.</exception>
    /// <exception cref="FormatException">An encoded number is invalid.</exception>
    public static void Load(BinaryReader reader, ModelCard card, EmotionModel model, bool trainsOn)
    {
        long start = reader.BaseStream.Position;
        _ = Read(reader, model.state_dict().ToDictionary(entry => entry.Key, entry => (entry.Value.dtype, entry.Value.shape)));
        reader.BaseStream.Position = start;
        if (!trainsOn)
        {
            model.load(reader);
            return;
        }

        using EmotionModel twin = card.Build();
        twin.load(reader);
        using IDisposable off = no_grad();
        foreach ((Tensor weight, Tensor loaded) in model.state_dict().Values.Zip(twin.state_dict().Values))
        {
            weight.copy_(loaded);
        }
    }

    /// <summary>Reads a model's saved state without libtorch, with the checks of <see cref="Load"/>.</summary>
    /// <param name="reader">At the start of the state; at its end on return.</param>
    /// <param name="layout">Type and shape of each tensor.</param>
    /// <returns>The values of each tensor by name; empty for a tensor that is not float32.</returns>
    /// <exception cref="InvalidDataException">As in <see cref="Load"/>.</exception>
    /// <exception cref="EndOfStreamException">As in <see cref="Load"/>.</exception>
    /// <exception cref="FormatException">As in <see cref="Load"/>.</exception>
    public static IReadOnlyDictionary<string, float[]> Read(
        BinaryReader reader, IReadOnlyDictionary<string, (ScalarType Type, long[] Shape)> layout)
    {
        Dictionary<string, float[]> state = [];
        Require(reader.Read7BitEncodedInt64() == layout.Count, "another number of tensors");
        while (state.Count < layout.Count)
        {
            string name = reader.ReadString();
            bool known = layout.TryGetValue(name, out (ScalarType Type, long[] Shape) tensor) && !state.ContainsKey(name);
            Require(known, "a tensor that the model lacks");
            state[name] = Read(reader, name, tensor.Type, tensor.Shape);
        }

        return state;
    }

    /// <summary>Checks the layout of AdamW's saved state: the file must end with, for each parameter, a step (eight bytes), two moments of
    /// its type and shape with finite values, and a byte that says there is no third.</summary>
    /// <param name="reader">At the start of the state, which extends to the stream's end; at the start again on return.</param>
    /// <param name="model">The model whose parameters are optimised.</param>
    /// <exception cref="InvalidDataException">It is the state of an optimiser of other parameters, or holds a value that is not
    /// finite.</exception>
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
            _ = Read(reader, "moment", parameter.dtype, parameter.shape);
            _ = Read(reader, "moment", parameter.dtype, parameter.shape);
            Require(!reader.ReadBoolean(), "a third moment");
        }

        reader.BaseStream.Position = start;
    }

    private static float[] Read(BinaryReader reader, string name, ScalarType type, long[] shape)
    {
        Require(reader.Read7BitEncodedInt64() == (long)type && reader.Read7BitEncodedInt64() == shape.Length, $"another type of '{name}'");
        Require(shape.All(size => reader.Read7BitEncodedInt64() == size), $"another shape of '{name}'");
        long count = shape.Aggregate(1L, (product, size) => product * size);
        if (type != ScalarType.Float32)
        {
            reader.BaseStream.Position += count * sizeof(long); // An int64 batch counter: no other tensor of a model is not float32.
            return [];
        }

        float[] values = new float[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        bool finite = true;
        foreach (float value in values)
        {
            finite &= float.IsFinite(value);
        }

        Require(finite, $"a value of '{name}' that is not finite");
        return values;
    }

    /// <summary>Bytes of a saved tensor: 7-bit encoded integers for its type, number of dimensions and their sizes, then the
    /// values.</summary>
    private static long Size(Tensor tensor) =>
        2 + tensor.shape.Sum(size => 1 + (BitOperations.Log2((ulong)Math.Max(1, size)) / 7)) + (sizeof(float) * tensor.numel());

    private static void Require(bool holds, string found)
    {
        if (!holds)
        {
            throw new InvalidDataException($"there is {found}");
        }
    }
}
