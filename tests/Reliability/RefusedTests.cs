using System.Security.Cryptography;
using SpeechEmotion.Configuration;
using SpeechEmotion.Features;
using SpeechEmotion.Training;

namespace SpeechEmotion.Tests;

/// <summary>Damaged content that readers once accepted; each is now refused by name. The checksums of the checkpoints and segments are
/// right here: they were written so.</summary>
public sealed class RefusedTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Input => _folder["input"];

    [Fact]
    public void A_checkpoint_that_names_a_model_larger_than_its_file()
    {
        // 4096 x 4096 weights per layer, named by a file of a few hundred bytes.
        Write(Card(("hidden\":[6]", $"hidden\":[{string.Join(',', Enumerable.Repeat(4096, 8))}]")));
        Assert.Matches("input: is [0-9,]+ bytes long, where the weights of the model that it names .* take [0-9,]{9,}", Message());
    }

    [Fact]
    public void A_checkpoint_with_more_layers_than_any_model()
    {
        Write(Card(("hidden\":[6]", $"hidden\":[{string.Join(',', Enumerable.Repeat(1, 5000))}]")));
        Assert.Contains("list of 1 to 32 numbers", Message(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"features\":8,", "\"features\":9,", "9 values a frame, where its front end gives 8")]
    [InlineData("\"deviation\":[10,", "\"deviation\":[0,", "a normalisation that is not finite")]
    [InlineData("\"mean\":[-40,", "\"mean\":[", "a normalisation of 7 and 8 values")]
    [InlineData("\"temperature\":1.25", "\"temperature\":0", "a temperature of 0")]
    [InlineData("\"threshold\":0.4", "\"threshold\":4", "a threshold of 4")]
    [InlineData("\"threshold\":0.4", "\"treshold\":0.4", "treshold")] // An unknown key may matter.
    [InlineData("\"glad\"", "\"calm\"", "3 classes, where the names are calm, calm, cross; each class needs one of its own")]
    [InlineData("\"kind\":\"global\"", "\"kind\":\"phone\"", "a normalisation 'phone' that is not known here")]
    [InlineData("\"hop\":256", "\"hop\":3", "Hop must be between 16 and 8192")]
    public void A_card_that_contradicts_itself(string right, string wrong, string message)
    {
        Write(Card((right, wrong)));
        Assert.Contains(message, Message(), StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_not_finite_or_have_a_billion_dimensions()
    {
        byte[] body = Good()[..^32];
        int tensor = body.AsSpan().IndexOf("norm.weight"u8) + "norm.weight"u8.Length;
        byte[] dimensions = [.. body[..(tensor + 1)], 0xFF, 0xFF, 0xFF, 0xFF, 0x07, .. body[(tensor + 2)..]];
        Sign(dimensions);
        Assert.Contains("there is another type of 'norm.weight'", Message(), StringComparison.Ordinal);
        body[tensor + 5] = 0xFF;
        body[tensor + 6] = 0xFF;
        Sign(body);
        Assert.Contains("there is a value of 'norm.weight' that is not finite", Message(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1 << 20, 1 << 20)] // Their product is 0 in 32 bits.
    [InlineData(-1, 3)]
    [InlineData(2, 1000)]
    public void A_segment_of_features_with_impossible_sizes(int frames, int width)
    {
        using MemoryStream body = new();
        using BinaryWriter writer = new(body);
        writer.Write("key");
        writer.Write(1);
        writer.Write("clip");
        writer.Write(frames);
        writer.Write(width);
        writer.Write(new byte[40]);
        File.WriteAllBytes(_folder["a.features"], [.. SHA256.HashData(body.ToArray()), .. body.ToArray()]);
        FeatureStore store = new(_folder.Path, "key", new HashSet<string> { "clip" });
        store.Refresh();
        Assert.Null(store.Find("clip"));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void A_config_that_is_nested_without_end(string level)
    {
        File.WriteAllText(Input, string.Concat(Enumerable.Repeat(level, 100_000)));
        InputException error = Assert.Throws<InputException>(() => ConfigReader.ReadRun([Input], []));
        Assert.Matches("input:[0-9]+: nested more than 64 levels deep", error.Message);
    }

    private static byte[] Good() => File.ReadAllBytes(OldCheckpointTests.Fixture("with-temperature", "mlp.ser"));

    private string Message() => Assert.Throws<InputException>(() => Checkpoint.ReadModel(Input)).Message;

    private void Sign(byte[] body) => File.WriteAllBytes(Input, [.. body, .. SHA256.HashData(body)]);

    private static string Card((string Right, string Wrong) change)
    {
        string json = Checkpoint.ReadCard(OldCheckpointTests.Fixture("with-temperature", "mlp.ser")).ToJson();
        Assert.Contains(change.Right, json, StringComparison.Ordinal);
        return json.Replace(change.Right, change.Wrong, StringComparison.Ordinal);
    }

    /// <summary>Writes the good checkpoint with another model card and a right checksum.</summary>
    private void Write(string card)
    {
        using BinaryReader reader = new(new MemoryStream(Good()[..^32]));
        using MemoryStream body = new();
        using (BinaryWriter writer = new(body, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(reader.ReadString());
            writer.Write(reader.ReadInt32());
            reader.ReadString();
            writer.Write(card);
            writer.Write(reader.ReadBytes((int)reader.BaseStream.Length));
        }

        Sign(body.ToArray());
    }
}
