using System.Text.Json;
using SpeechEmotion.Architectures;
using SpeechEmotion.Cli;
using SpeechEmotion.Training;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public sealed class WeightExchangeTests : ExchangeFolder
{
    /// <summary>All architectures but vgg, whose pooling needs a wider plane. Its batch counters are covered by
    /// <see cref="Architectures.WeightCountTests"/>.</summary>
    public static TheoryData<string> Names => [.. ModelCatalog.Names.Where(name => name != "vgg")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_come_back_bit_for_bit(string name)
    {
        ModelCard card = Write(name);
        Assert.Equal((App.Done, ""), Code(MiniatureCorpus.Ser("export", In("a.ser"), "--out", In("a.safetensors"))));
        Assert.Equal((App.Done, ""), Code(MiniatureCorpus.Ser("import", In("a.safetensors"), "--out", In("b.ser"))));
        Assert.Equal(File.ReadAllBytes(In("a.ser")), File.ReadAllBytes(In("b.ser")));
        Assert.Equal(
            SafeTensors.Read(In("a.safetensors")).Tensors.Sum(t => t.Values.Length), ModelCatalog.Weights(name, card.Options, card.Shape));
    }

    [Fact]
    public void The_script_without_a_file_says_how_it_is_used() => Assert.Equal(
        "usage: python3 rebuild_in_pytorch.py model.safetensors [clips.json]",
        PyTorch.Run(
            """
            import runpy
            sys.argv = ['rebuild_in_pytorch.py']
            try:
                runpy.run_path(r.__file__, run_name='__main__')
            except SystemExit as e:
                print(e.code)
            """).TrimEnd());

    [Fact]
    public void A_released_model_is_exported_by_its_name()
    {
        Assert.Equal((App.Done, ""), Code(MiniatureCorpus.Ser("export", "four", "--out", In("four.safetensors"))));
        ModelCard card = Checkpoint.ReadCard(Assert.Single(Shipped.Released(), path => Path.GetFileName(path) == "four.ser"));
        Assert.Equal(
            ModelCatalog.Weights(card.Name, card.Options, card.Shape),
            SafeTensors.Read(In("four.safetensors")).Tensors.Sum(t => t.Values.Length));

        // Nobody knows which speakers imported weights have heard.
        Assert.NotNull(card.Heard);
        Assert.Equal((App.Done, ""), Code(MiniatureCorpus.Ser("import", In("four.safetensors"), "--out", In("four.ser"))));
        Assert.Null(Checkpoint.ReadCard(In("four.ser")).Heard);
    }

    // 1e-5: float32 through another library's kernels; logits are of size 1.
    [Theory]
    [InlineData("mlp", 1)]
    [InlineData("mlp", 2)]
    [InlineData("cnn", 1)]
    [InlineData("cnn", 2)]
    [InlineData("lstm", 1)]
    [InlineData("cnn_lstm", 1)]
    [InlineData("cnn_lstm", 2)]
    [InlineData("parallel_cnn_lstm", 1)]
    [InlineData("rbf_network", 1)]
    [InlineData("rbf_network", 2)]
    [InlineData("rbf_network", 3)]
    public void PyTorch_gives_the_same_logits_and_its_weights_come_back(string name, int variant)
    {
        Write(name, variant);
        WeightExchange.Export(In("a.ser"), In("a.safetensors"));
        long[] lengths = [50, 31, 8, 2, 1];
        Tensor features = Clips(lengths);
        File.WriteAllText(In("clips.json"), JsonSerializer.Serialize(new
        {
            features = Enumerable.Range(0, lengths.Length)
                .Select(n => Enumerable.Range(0, 50).Select(t => features[n, t].data<float>().ToArray())),
            lengths,
        }));

        // Answers with the weights as they are, then with weights as another training would leave them.
        string[] answers = PyTorch.Run(
            """
            clips = json.load(open(sys.argv[2]))
            card, model = r.load(sys.argv[1])
            answer = lambda: print(json.dumps(model(torch.tensor(clips["features"]), torch.tensor(clips["lengths"])).tolist()))
            answer()
            with torch.no_grad():
                for p in model.parameters():
                    p.mul_(0.9)
            answer()
            r.save(sys.argv[3], card, model)
            """, In("a.safetensors"), In("clips.json"), In("b.safetensors")).Trim().Split('\n');
        WeightExchange.Import(In("b.safetensors"), In("b.ser"));

        foreach ((string file, string answer) in new[] { In("a.ser"), In("b.ser") }.Zip(answers))
        {
            (_, EmotionModel model) = Checkpoint.ReadModel(file);
            using EmotionModel owned = model;
            float[] expected = JsonSerializer.Deserialize<float[][]>(answer)!.SelectMany(row => row).ToArray();
            float[] given = model.forward(features, tensor(lengths)).data<float>().ToArray();
            Assert.All(expected.Zip(given), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    [Fact]
    public void Weights_without_a_card_take_that_of_a_run_of_the_same_model()
    {
        Write("mlp");
        WeightExchange.Export(In("a.ser"), In("a.safetensors"));
        SafeTensors.Write(In("bare.safetensors"), new Dictionary<string, string>(), SafeTensors.Read(In("a.safetensors")).Tensors);
        Wrong("--like RUN", In("bare.safetensors"));
        WeightExchange.Import(In("bare.safetensors"), In("b.ser"), In("a.ser"));
        Assert.Equal(File.ReadAllBytes(In("a.ser")), File.ReadAllBytes(In("b.ser")));

        Write("cnn");
        InputException other = Assert.Throws<InputException>(() => WeightExchange.Import(In("bare.safetensors"), In("c.ser"), In("a.ser")));
        Assert.Contains($"and those of cnn as --like {In("a.ser")} describes it ", other.Message, StringComparison.Ordinal);
    }

    private static (int, string) Code((int Code, string Output, string Error) result) => (result.Code, result.Error);
}
