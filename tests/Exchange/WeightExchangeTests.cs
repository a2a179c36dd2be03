using System.Text.Json;
using SpeechEmotion.Architectures;
using SpeechEmotion.Cli;
using SpeechEmotion.Features;
using SpeechEmotion.Training;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public sealed class WeightExchangeTests : IDisposable
{
    private const int Width = 20;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public WeightExchangeTests() => set_num_threads(1);

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Without vgg, whose pools need a wider plane; its counters of batches are told of in
    /// <see cref="Architectures.WeightCountTests"/>.</summary>
    public static TheoryData<string> Names => [.. ModelCatalog.Names.Where(name => name != "vgg")];

    private string In(string name) => Path.Combine(_folder.FullName, name);

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
    public void A_released_model_is_exported_by_its_name()
    {
        Assert.Equal((App.Done, ""), Code(MiniatureCorpus.Ser("export", "four", "--out", In("four.safetensors"))));
        ModelCard card = Checkpoint.ReadCard(Assert.Single(Shipped.Released(), path => Path.GetFileName(path) == "four.ser"));
        Assert.Equal(
            ModelCatalog.Weights(card.Name, card.Options, card.Shape),
            SafeTensors.Read(In("four.safetensors")).Tensors.Sum(t => t.Values.Length));

        // Whom weights from elsewhere have heard nobody knows.
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

        // The weights as they are, then as another training would leave them.
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
    }

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
        Made("values, where a mlp", tensors[0] with { Shape = [1], Values = [1] });
        SafeTensors.Write(In("bad.safetensors"), new Dictionary<string, string> { ["ser_card"] = "{}" }, tensors);
        Wrong("its model card is broken", In("bad.safetensors"));
        Wrong("no such file", In("none.safetensors"));
    }

    [Theory]
    [InlineData("")] // shorter than the length of the header
    [InlineData("{}", 99)] // a header that is longer than the file
    [InlineData("[]")]
    [InlineData("""{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""")]
    // They overlap.
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")] // a hole before it
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")] // bytes that belong to none
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")]
    public void A_broken_file_is_named(string header, int? claimed = null)
    {
        byte[] text = SoundBytes.Ascii(header);
        byte[] broken = header.Length == 0 ? [1] : SoundBytes.Join(SoundBytes.Little(claimed ?? text.Length, 8), text, new byte[8]);
        File.WriteAllBytes(In("bad.safetensors"), broken);
        Wrong("not a safetensors file that is read here", In("bad.safetensors"));
    }

    private static (int, string) Code((int Code, string Output, string Error) result) => (result.Code, result.Error);

    private void Wrong(string message, string file)
    {
        (int code, _, string error) = MiniatureCorpus.Ser("import", file, "--out", In("bad.ser"));
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Contains(file, error, StringComparison.Ordinal);
        Assert.Equal(App.WrongInput, code);
        Assert.False(File.Exists(In("bad.ser")));
    }

    private ModelCard Write(string name, int variant = 1)
    {
        object options = (ModelCatalog.DefaultOptions(name), variant) switch
        {
            (CnnOptions o, 2) => o with { Planes = 2 },
            (CnnLstmOptions o, 2) => o with { Planes = 2 },
            (MlpOptions o, 2) => o with { Percentiles = [10, 50, 90] },
            (RbfNetworkOptions o, 2) => o with { Moments = true, Groups = [10, 30], Weights = [100, 50] },
            (RbfNetworkOptions o, 3) => o with { Percentiles = [10, 90], Kernel = "laplace", Groups = [50, 50], Weights = [100, 50] },
            (object o, _) => o,
        };
        ModelCard card = new(
            name, options, new ModelShape(Width, 4), "four", ["a", "b", "c", "d"], new FeatureOptions { Mels = Width },
            new Normaliser("global", new float[Width], Enumerable.Repeat(2f, Width).ToArray()), Temperature: 1.5, Threshold: 0.3);
        manual_seed(3);
        using EmotionModel model = card.Build();
        model.train();
        model.forward(Clips([40, 30]), tensor(new long[] { 40, 30 })).Dispose(); // Moves the running statistics.
        if (model is IClosedForm solved)
        {
            solved.Fit(Clips([40, 30, 20, 10]), tensor(new long[] { 40, 30, 20, 10 }), arange(4)); // Unsolved it answers 0.
        }

        Checkpoint.Write(In("a.ser"), card, model);
        return card;
    }

    private static Tensor Clips(long[] lengths)
    {
        Tensor features = randn(lengths.Length, lengths.Max(), Width);
        for (int i = 0; i < lengths.Length; i++)
        {
            features[i, (int)lengths[i]..] = 0;
        }

        return features;
    }
}
