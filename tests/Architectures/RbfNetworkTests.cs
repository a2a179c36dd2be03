using SpeechEmotion.Architectures;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Architectures;

public class RbfNetworkTests
{
    public RbfNetworkTests() => set_num_threads(1);

    /// <summary>If every clip is a centre, the normal equations are those of kernel ridge regression, whose answer at the clips is
    /// K (K + λ)⁻¹ Y.</summary>
    [Theory]
    [InlineData("gaussian", 1)]
    [InlineData("laplace", 1)]
    [InlineData("gaussian", 2.5)]
    [InlineData("laplace", 2.5)]
    public void With_all_clips_as_centres_it_is_kernel_ridge_regression(string kernel, double weight)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        RbfNetworkOptions options = new() { Centres = 12, Kernel = kernel, Gamma = 0.2, Ridge = 0.3, Scale = 1 };
        if (weight != 1)
        {
            options = options with { Groups = [2, 3], Weights = [100, (int)(100 * weight)] };
        }

        RbfNetwork model = (RbfNetwork)ModelCatalog.Create("rbf_network", options, new ModelShape(5, 4));
        Tensor x = randn(12, 1, 5), labels = arange(12) % 4, lengths = ones(12, int64);
        model.Fit(x, lengths, labels);

        double[,] k = new double[12, 12];
        float[] values = x.data<float>().ToArray();
        for (int i = 0; i < 12; i++)
        {
            for (int j = 0; j < 12; j++)
            {
                IEnumerable<double> gaps = Enumerable.Range(0, 5).Select(f => (double)values[(i * 5) + f] - values[(j * 5) + f]);
                double distance = kernel == "laplace"
                    ? gaps.Select((g, f) => Math.Abs(g) * (f < 2 ? 1 : weight)).Sum()
                    : gaps.Select((g, f) => g * g * (f < 2 ? 1 : weight)).Sum();
                k[i, j] = Math.Exp(-0.2 * distance);
            }
        }

        Tensor matrix = tensor(k), y = nn.functional.one_hot(labels, 4).to(float64) - 0.25;
        Tensor expected = matrix.matmul(linalg.solve(matrix + (eye(12, 12, float64) * 0.3), y));
        Assert.InRange((expected - model.call(x, lengths)).abs().max().item<double>(), 0, 1e-4); // weights kept in float32, and the jitter
    }

    [Fact]
    public void Groups_that_are_not_the_values_are_refused()
    {
        Assert.Contains("model.groups", Refused([2, 2], [1, 1]), StringComparison.Ordinal);
        Assert.Contains("model.groups", Refused([2, 3], [1]), StringComparison.Ordinal);

        static string Refused(int[] groups, int[] weights) => Assert.Throws<ArgumentException>(() =>
            ModelCatalog.Create("rbf_network", new RbfNetworkOptions { Groups = groups, Weights = weights }, new ModelShape(5, 4))).Message;
    }

    [Fact]
    public void Moments_beside_percentiles_are_refused()
    {
        RbfNetworkOptions options = new() { Moments = true, Percentiles = [50] };
        string said = Assert.Throws<ArgumentException>(() => ModelCatalog.Create("rbf_network", options, new ModelShape(5, 4))).Message;
        Assert.Contains("model.moments", said, StringComparison.Ordinal);
    }

    /// <summary>Group sizes count the values by which clips are compared: here two means, then two deviations.</summary>
    [Fact]
    public void A_group_of_moments_that_weighs_nothing_is_not_heard()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        RbfNetworkOptions options = new() { Centres = 6, Gamma = 0.1, Moments = true, Groups = [2, 2], Weights = [0, 100] };
        RbfNetwork model = new(options, new ModelShape(2, 2));
        Tensor x = randn(6, 8, 2), labels = arange(6) % 2, lengths = full(6, 8, int64);
        model.Fit(x, lengths, labels);
        // 1e-4: rounding of the deviations.
        Assert.InRange((model.call(x + 3, lengths) - model.call(x, lengths)).abs().max().item<float>(), 0, 1e-4f);
        Assert.True((model.call(x * 3, lengths) - model.call(x, lengths)).abs().max().item<float>() > 0.01f);
    }

    [Fact]
    public void Fewer_clips_than_centres_leave_the_rest_silent()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        RbfNetworkOptions options = new() { Centres = 30, Gamma = 1, Ridge = 1e-3 };
        RbfNetwork model = (RbfNetwork)ModelCatalog.Create("rbf_network", options, new ModelShape(5, 4));
        Tensor x = randn(8, 1, 5), labels = arange(8) % 4;
        model.Fit(x, ones(8, int64), labels);
        Assert.Equal(8, model.parameters().Single().abs().sum(1).gt(0).sum().item<long>());
        Assert.Equal(labels.data<long>().ToArray(), model.call(x, ones(8, int64)).argmax(1).data<long>().ToArray());
    }

    [Fact]
    public void Centres_are_drawn_from_all_clips()
    {
        using var scope = NewDisposeScope();
        Tensor x = randn(40, 1, 5), labels = arange(40) % 4;
        float[][] centres = [.. new[] { 1, 2 }.Select(seed =>
        {
            RbfNetwork model = new(new RbfNetworkOptions { Centres = 10 }, new ModelShape(5, 4));
            random.manual_seed(seed);
            model.Fit(x, ones(40, int64), labels);
            return model.state_dict()["centres"].data<float>().ToArray();
        })];
        Assert.NotEqual(centres[0], centres[1]);
    }

    /// <summary>At the least-squares solution the gradient is zero: with weights that give each class the same total, and with no
    /// others.</summary>
    [Theory]
    [InlineData(12)]
    [InlineData(5)] // Another solver is used for fewer centres than clips.
    public void Balanced_classes_weigh_alike(int centres)
    {
        using var scope = NewDisposeScope();
        const double Gamma = 0.05, Ridge = 0.1;
        random.manual_seed(1);
        RbfNetworkOptions options = new() { Centres = centres, Gamma = Gamma, Ridge = Ridge, Scale = 1, Clip = 100, Balanced = true };
        RbfNetwork model = new(options, new ModelShape(3, 2));
        Tensor x = randn(6, 1, 3), labels = tensor(new long[] { 0, 0, 0, 0, 1, 1 });
        model.Fit(x, ones(6, int64), labels);

        Dictionary<string, Tensor> state = model.state_dict();
        int used = Math.Min(6, centres);
        Tensor centre = state["centres"][..used].to(float64);
        Tensor answer = state["weight"][..used].to(float64);
        Tensor target = nn.functional.one_hot(labels, 2).to(float64) - 0.5;
        Tensor k = Kernel(x.squeeze(1).to(float64), centre);
        // 1e-4: weights in single precision; the sums are of size 1.
        Assert.InRange(Gradient(0.75, 1.5), 0, 1e-4);
        Assert.InRange(Gradient(1, 1), 0.01, 10);

        Tensor Kernel(Tensor a, Tensor b) => ((a.unsqueeze(1) - b.unsqueeze(0)).square().sum(2) * -Gamma).exp();
        double Gradient(double first, double second)
        {
            Tensor weights = tensor([first, first, first, first, second, second]).unsqueeze(1);
            Tensor squares = k.t().matmul(weights * (k.matmul(answer) - target));
            Tensor ridge = Kernel(centre, centre).matmul(answer) * Ridge;
            return (squares + ridge).abs().max().item<double>();
        }
    }

    [Fact]
    public void Statistics_are_standardised_so_another_unit_changes_nothing()
    {
        using var scope = NewDisposeScope();
        RbfNetworkOptions options = new() { Centres = 12, Gamma = 0.05, Ridge = 0.1, Scale = 1, Percentiles = [50], Clip = 100 };
        random.manual_seed(1);
        Tensor x = randn(6, 9, 3) * 7 + 4, labels = tensor(new long[] { 0, 0, 0, 0, 1, 1 }), lengths = full(6, 9, int64);
        Tensor[] answers = [.. new[] { 1, 100 }.Select(unit =>
        {
            random.manual_seed(1);
            RbfNetwork model = new(options, new ModelShape(3, 2));
            model.Fit(x * unit, lengths, labels);
            return model.call(x * unit, lengths);
        })];
        Assert.Equal(labels.data<long>().ToArray(), answers[0].argmax(1).data<long>().ToArray());
        Assert.InRange((answers[1] - answers[0]).abs().max().item<float>(), 0, 1e-3f); // rounding of the deviations
    }
}
