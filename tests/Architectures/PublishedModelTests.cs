using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Architectures;

/// <summary>The published networks, as built from their configs.</summary>
public class PublishedModelTests
{
    public PublishedModelTests() => set_num_threads(1);

    /// <summary>The published parameter counts. The hierarchical model has three of scikit-learn's binary networks, 193-300-1.</summary>
    [Theory]
    [InlineData("flat_mlp_as_published", 59_404)]
    [InlineData("hierarchical_as_published", 3 * 58_501)]
    [InlineData("lstm_as_published", 70_820)]
    [InlineData("vgg_as_published", 16_110_980)]
    public void Parameters_are_the_published_ones(string config, int parameters)
    {
        using var scope = NewDisposeScope();
        RunConfig run = ConfigReader.ReadRun([MiniatureCorpus.Config($"published/{config}.yaml")], []);
        using EmotionModel model = ModelCatalog.Create(run.Model.Name, run.Model.Options, new ModelShape(run.Features.Width, 4));
        Assert.Equal(parameters, model.parameters().Sum(p => p.numel()));
    }

    [Fact]
    public void Hierarchical_probabilities_multiply_along_the_path_and_sum_to_one()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        EmotionModel model = ModelCatalog.Create("hierarchical_mlp", new HierarchicalMlpOptions { Hidden = 7 }, new ModelShape(5, 4));
        Tensor x = randn(9, 1, 5) * 20, p = model.call(x, ones(9, int64)).exp();
        Assert.InRange((p.sum(1) - 1).abs().max().item<float>(), 0, 1e-5); // float32 exponentials of sums of two logarithms

        // Each stage by itself, from its own weights.
        Dictionary<string, Tensor> state = model.state_dict();
        Tensor Stage(int i) => nn.functional.linear(
            nn.functional.linear(x.squeeze(1), state[$"networks.{i}.0.weight"], state[$"networks.{i}.0.bias"]).relu(),
            state[$"networks.{i}.2.weight"], state[$"networks.{i}.2.bias"]).sigmoid().squeeze(1);
        Tensor second = Stage(0);
        Assert.InRange((p[TensorIndex.Colon, 1] - ((1 - second) * Stage(1))).abs().max().item<float>(), 0, 1e-5);
        Assert.InRange((p[TensorIndex.Colon, 2] - (second * (1 - Stage(2)))).abs().max().item<float>(), 0, 1e-5);
        Assert.InRange((p[TensorIndex.Colon, 2] + p[TensorIndex.Colon, 3] - second).abs().max().item<float>(), 0, 1e-5);
    }

    [Fact]
    public void A_stage_learns_from_its_own_half_alone()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        EmotionModel model = ModelCatalog.Create("hierarchical_mlp", new HierarchicalMlpOptions { Hidden = 7 }, new ModelShape(5, 4));
        nn.functional.cross_entropy(model.call(randn(4, 1, 5), ones(4, int64)), tensor(new long[] { 0, 1, 1, 0 })).backward();
        // In the network of the other half, only rounding remains (of a softmax over its sum).
        IEnumerable<bool> learned = new[] { 0, 1, 2 }.Select(i => model.named_parameters()
            .Where(p => p.name.StartsWith($"networks.{i}.", StringComparison.Ordinal))
            .Any(p => p.parameter.grad!.abs().max().item<float>() > 1e-7));
        Assert.Equal([true, true, false], learned);
    }

    [Fact]
    public void Two_stages_tell_four_classes_apart() => Assert.Contains(
        "not 6",
        Assert.Throws<ArgumentException>(() => ModelCatalog.Create("hierarchical_mlp", null, new ModelShape(5, 6))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_plane_that_the_pools_use_up_is_refused() => Assert.Contains(
        "pools leave nothing",
        Assert.Throws<ArgumentException>(() => ModelCatalog.Create("vgg", null, new ModelShape(20, 4))).Message,
        StringComparison.Ordinal);

    /// <summary>An LSTM computed gate by gate, with a single bias per gate as in Keras.</summary>
    [Fact]
    public void The_lstm_recurs_over_the_values_of_one_vector()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        const int Hidden = 3, Steps = 5;
        EmotionModel model = ModelCatalog.Create(
            "feature_lstm", new FeatureLstmOptions { Hidden = Hidden, Dense = 4 }, new ModelShape(Steps, 4));
        model.eval();
        Dictionary<string, Tensor> state = model.state_dict();
        Tensor x = randn(2, 1, Steps), w = state["recurrent.weight_ih_l0"], u = state["recurrent.weight_hh_l0"];
        Assert.Equal([0f, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0], w.select(1, 1).data<float>().ToArray()); // Keras's unit_forget_bias
        Tensor h = zeros(2, Hidden), c = zeros(2, Hidden);
        for (int t = 0; t < Steps; t++)
        {
            Tensor[] gates = (x[TensorIndex.Colon, 0, t].unsqueeze(1) * w.select(1, 0) + w.select(1, 1) + h.matmul(u.t())).chunk(4, 1);
            c = gates[1].sigmoid() * c + gates[0].sigmoid() * gates[2].tanh();
            h = gates[3].sigmoid() * c.tanh();
        }

        Tensor dense = nn.functional.linear(h, state["dense.weight"], state["dense.bias"]).relu();
        Tensor expected = nn.functional.linear(dense, state["output.weight"], state["output.bias"]);
        Assert.InRange((expected - model.call(x, ones(2, int64))).abs().max().item<float>(), 0, 1e-5); // float32, sums in another order
    }
}
