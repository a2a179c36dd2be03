using SpeechEmotion.Training;

namespace SpeechEmotion.Tests;

/// <summary>Weight files that are refused.</summary>
public sealed class BrokenWeightsTests : ExchangeFolder
{
    [Fact]
    public void What_is_not_the_models_is_refused_by_name()
    {
        Write("mlp");
        WeightExchange.Export(In("a.ser"), In("a.safetensors"));
        (IReadOnlyDictionary<string, string> metadata, IReadOnlyList<NamedTensor> tensors) = SafeTensors.Read(In("a.safetensors"));
        void Made(string message, params NamedTensor[] changed)
        {
            SafeTensors.Write(In("bad.safetensors"), metadata, [.. changed, .. tensors.Skip(changed.Length)]);
            Wrong(message, In("bad.safetensors"));
        }

        Made("'x' of shape [", tensors[0] with { Name = "x" });
        Made($"'{tensors[0].Name}' of shape [1, ", tensors[0] with { Shape = [1, .. tensors[0].Shape] });
        Made("finite values", tensors[0] with { Values = [float.NaN, .. tensors[0].Values[1..]] });
        Made("its values number ", tensors[0] with { Shape = [1], Values = [1] });
        SafeTensors.Write(In("bad.safetensors"), new Dictionary<string, string> { ["ser_card"] = "{}" }, tensors);
        Wrong("its model card is broken", In("bad.safetensors"));
        Wrong("no such file", In("none.safetensors"));
    }

    [Theory]
    [InlineData("")] // shorter than the length of the header
    [InlineData("{}", 99)] // a header that is longer than the file
    [InlineData("[]")]
    // From here on, the header describes all eight bytes of values (unless that is the fault), so that no other check refuses the file.
    [InlineData("""{"a":{"dtype":null,"shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""")] // past the end
    [InlineData("""{"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}""")]
    // 2^64 + 2 values, then 2^64 + 8 bytes: in 64 bits they are 2 values and 8 bytes.
    [InlineData("""{"a":{"dtype":"F32","shape":[6,3074457345618258603],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387906],"data_offsets":[0,8]}}""")]
    // They overlap.
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")] // a hole before it
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")] // bytes of no tensor
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")]
    public void A_broken_file_is_named(string header, int? claimed = null)
    {
        byte[] text = SoundBytes.Ascii(header);
        byte[] broken = header.Length == 0 ? [1] : SoundBytes.Join(SoundBytes.Little(claimed ?? text.Length, 8), text, new byte[8]);
        File.WriteAllBytes(In("bad.safetensors"), broken);
        Wrong("not a safetensors file that is read here", In("bad.safetensors"));
    }

    [Fact]
    public void Sound_values_of_another_type_are_not_called_broken()
    {
        byte[] text = SoundBytes.Ascii("""{"w":{"dtype":"BF16","shape":[4],"data_offsets":[0,8]}}""");
        File.WriteAllBytes(In("half.safetensors"), SoundBytes.Join(SoundBytes.Little(text.Length, 8), text, new byte[8]));
        Wrong(
            $"{In("half.safetensors")}: 'w' is of type BF16, and float32 alone is read; save it so (tensor.float())",
            In("half.safetensors"));
    }
}
