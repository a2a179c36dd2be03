using SpeechEmotion.Architectures;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Architectures;

public class ModelSummaryTests
{
    private static IReadOnlyList<LayerRow> Describe(string name, object options, int features, int frames)
    {
        using var scope = NewDisposeScope();
        ModelShape shape = new(features, 4);
        EmotionModel model = ModelCatalog.Create(name, options, shape);
        IReadOnlyList<LayerRow> rows = ModelSummary.Describe(model, shape, frames);
        Assert.Equal(model.parameters().Sum(p => p.numel()), ModelSummary.Total(rows).Parameters);
        Assert.True(model.training);
        Assert.Equal(rows.Count, ModelSummary.Describe(model, shape, frames).Count); // no hook is left behind
        return rows;
    }

    [Fact]
    public void Mlp_by_hand()
    {
        // 8 values × 5 statistics = 40 → 10 → 4, with 2 × 40 and 2 × 10 of normalisation.
        IReadOnlyList<LayerRow> rows = Describe("mlp", new MlpOptions { Hidden = [10] }, 8, 30);
        Assert.Equal((80 + (40 * 10 + 10) + 20 + (10 * 4 + 4), 40 * 10 + 10 * 4), ModelSummary.Total(rows));
        Assert.Equal(["norm", "layers.0", "layers.1", "layers.2", "layers.3", "layers.4"], rows.Select(r => r.Name));
    }

    [Fact]
    public void Cnn_by_hand()
    {
        // (16 mels, 9 frames) → 3 channels at (8, 5) → 5 channels at (4, 5): the second block keeps the number of frames.
        var rows = Describe("cnn", new CnnOptions { Channels = [3, 5], TimeHalvings = 1, Attention = 7 }, 16, 9);
        long convolutions = 9 * 3 * 8 * 5 + 9 * 3 * 5 * 4 * 5;
        long pool = 5 * (20 * 7 + 7), classifier = 40 * 4;
        Assert.Equal((9 * 3 + 6 + 9 * 15 + 10 + (20 * 7 + 7) + 7 + 164, convolutions + pool + classifier), ModelSummary.Total(rows));
        LayerRow second = Assert.Single(rows, r => r.Name == "stack.blocks.1.conv");
        Assert.Equal("Conv2d", second.Type);
        Assert.Equal([5, 4, 5], second.OutputShape);
    }

    [Fact]
    public void Lstm_by_hand()
    {
        // 9 frames, 2 per step: 5 steps of 16 values; 4 gates × 6 units in two directions, two biases per gate.
        var rows = Describe("lstm", new LstmOptions { FramesPerStep = 2, Hidden = 6, Layers = 2, Attention = 0 }, 8, 9);
        long first = 4 * 6 * (16 + 6), second = 4 * 6 * (12 + 6), biases = 4 * 6 * 2;
        Assert.Equal((2 * (first + second + 2 * biases) + 24 * 4 + 4, 2 * 5 * (first + second) + 24 * 4), ModelSummary.Total(rows));
        Assert.Equal(4, rows.Count(r => r.Type == "LSTM"));
        Assert.All(rows.Where(r => r.Type == "LSTM"), r => Assert.Equal([5, 6], r.OutputShape));
    }

    [Fact]
    public void Defaults_stay_small()
    {
        // Sizes that two CPU cores can train in minutes. A three-second clip is 188 frames.
        Assert.All(ModelCatalog.Names.Where(name => name != "vgg"), name =>
        {
            var (parameters, macs) = ModelSummary.Total(Describe(name, ModelCatalog.DefaultOptions(name), 64, 188));
            Assert.InRange(parameters, 8_000, 600_000);
            Assert.InRange(macs!.Value, 10_000, 32_000_000);
        });
    }

    /// <summary>An architecture of a reader's own, of layers that none here has.</summary>
    [Theory]
    [InlineData(false, 8 * 5 * 3 + 5 + 10 + 20, 8 * 5 * 3 * 7 + 20)]
    [InlineData(true, 8 * 5 * 3 + 5 + 10 + 20 + 3 * 5 * 5 + 3 * 5 + 5 * 5 + 5, null)]
    public void What_is_not_known_is_not_said_to_be_nothing(bool attends, int parameters, int? macs)
    {
        using var scope = NewDisposeScope();
        using Convolved model = new(attends);
        IReadOnlyList<LayerRow> rows = ModelSummary.Describe(model, new ModelShape(8, 4), 9);
        Assert.Equal((parameters, macs), ModelSummary.Total(rows));
        Assert.Equal(attends ? ["MultiheadAttention"] : [], rows.Where(row => row.OutputShape is null).Select(row => row.Type));
    }

    /// <summary>Nine frames of 8 values, a convolution to seven of 5, normalised, perhaps attention, and four logits.</summary>
    private sealed class Convolved : EmotionModel
    {
        private readonly Conv1d conv = nn.Conv1d(8, 5, 3);
        private readonly LayerNorm norm = nn.LayerNorm(5);
        private readonly MultiheadAttention? attention;
        private readonly Linear classifier = nn.Linear(5, 4, hasBias: false);

        public Convolved(bool attends) : base("convolved")
        {
            attention = attends ? nn.MultiheadAttention(5, 1) : null;
            RegisterComponents();
        }

        public override Tensor forward(Tensor features, Tensor lengths)
        {
            Tensor x = norm.call(conv.call(features.transpose(1, 2)).transpose(1, 2));
            Tensor frames = x.transpose(0, 1);
            x = attention is null ? x : attention.call(frames, frames, frames, null, false, null).Item1.transpose(0, 1);
            return classifier.call(x.mean([1]));
        }
    }
}
