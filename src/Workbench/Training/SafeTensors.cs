using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace SpeechEmotion.Training;

/// <summary>A named array of a safetensors file.</summary>
/// <param name="Name">Its name, unique in the file.</param>
/// <param name="Shape">Size of each dimension; empty for a single value.</param>
/// <param name="Values">The values, last dimension fastest.</param>
public sealed record NamedTensor(string Name, IReadOnlyList<long> Shape, float[] Values);

/// <summary>Safetensors files with float32 tensors: eight bytes with the length of a JSON header, the header, the values, little-endian.
/// They contain no code. Source: the format's specification, huggingface/safetensors README.</summary>
public static class SafeTensors
{
    private const string Metadata = "__metadata__";
    private const int LengthBytes = 8;

    /// <summary>Refuses a tensor that is named twice.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="metadata">Texts by name.</param>
    /// <param name="tensors">The tensors, in the order of their values.</param>
    /// <exception cref="IOException">The file cannot be written; an old one stays.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<NamedTensor> tensors)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WritePropertyName(Metadata);
            JsonSerializer.Serialize(json, metadata);
            long at = 0;
            foreach (NamedTensor tensor in tensors)
            {
                long end = at + sizeof(float) * (long)tensor.Values.Length;
                json.WritePropertyName(tensor.Name);
                Dictionary<string, object> entry = new()
                {
                    ["dtype"] = "F32",
                    ["shape"] = tensor.Shape,
                    ["data_offsets"] = new[] { at, end },
                };
                JsonSerializer.Serialize(json, entry);
                at = end;
            }

            json.WriteEndObject();
        }

        // Readers map the values into memory, so spaces after the header align them to eight bytes. The JSON writer escapes all that is not
        // ASCII, so the header has as many characters as bytes.
        byte[] header = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text.ToArray()).PadRight((int)(text.Length + 7) / 8 * 8));
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[LengthBytes];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (NamedTensor tensor in tensors)
            {
                stream.Write(MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
            }
        });
    }

    /// <summary>Reads a file. The header must describe every byte of the values once, as the specification requires.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The metadata, and the tensors in the order of their values.</returns>
    /// <exception cref="InputException">Missing, not a safetensors file, damaged, or with values that are not float32.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static (IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<NamedTensor> Tensors) Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: no such file; `ser export` writes one");
        }

        byte[] file = File.ReadAllBytes(path);
        ulong header = file.Length < LengthBytes ? ulong.MaxValue : BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (header > (ulong)Math.Max(0, file.Length - LengthBytes))
        {
            throw Wrong("its header is longer than the file");
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(file.AsMemory(LengthBytes, (int)header), Strict);
            return Read(path, json.RootElement, file.AsSpan(LengthBytes + (int)header));
        }
        catch (Exception e)
            when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or OverflowException)
        {
            throw Wrong($"its header is broken: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}");
        }

        InputException Wrong(string why) => new($"{path}: not a safetensors file that is read here ({why}); export it again");
    }

    private static (Dictionary<string, string>, List<NamedTensor>) Read(string path, JsonElement header, ReadOnlySpan<byte> data)
    {
        Dictionary<string, string> metadata = [];
        List<(string Name, long[] Shape, long Start, long End)> entries = [];
        foreach (JsonProperty property in header.EnumerateObject())
        {
            if (property.Name == Metadata)
            {
                metadata = property.Value.Deserialize<Dictionary<string, string>>() ?? throw new FormatException("its metadata are null");
                continue;
            }

            string type = property.Value.GetProperty("dtype").GetString() ?? throw new FormatException($"'{property.Name}' has no type");
            long[] offsets = Numbers(property.Value.GetProperty("data_offsets"));
            if (offsets.Length != 2)
            {
                throw new FormatException($"'{property.Name}' has {offsets.Length} offsets, where there are to be 2");
            }

            if (type != "F32")
            {
                // The file is not broken, so the advice to export it again would not help.
                string tensor = $"'{property.Name}' is of type {type}".ReplaceLineEndings(" ");
                throw new InputException($"{path}: {tensor}, and float32 alone is read; save it so (tensor.float())");
            }

            entries.Add((property.Name, Numbers(property.Value.GetProperty("shape")), offsets[0], offsets[1]));
        }

        entries.Sort((a, b) => (a.Start, a.End).CompareTo((b.Start, b.End)));
        List<NamedTensor> tensors = [];
        long at = 0;
        foreach ((string name, long[] shape, long start, long end) in entries)
        {
            long count = shape.Aggregate(1L, (product, size) => checked(product * size));
            if (start != at || shape.Any(size => size < 0) || end != checked(start + sizeof(float) * count) || end > data.Length)
            {
                throw new FormatException(
                    $"'{name}' of shape [{string.Join(", ", shape)}] cannot lie at {start} to {end} of {data.Length} bytes, after {at}");
            }

            tensors.Add(new NamedTensor(name, shape, MemoryMarshal.Cast<byte, float>(data[(int)start..(int)end]).ToArray()));
            at = end;
        }

        return at == data.Length
            ? (metadata, tensors)
            : throw new FormatException($"{data.Length - at} bytes of values belong to no tensor");
    }

    private static long[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetInt64())];
}
