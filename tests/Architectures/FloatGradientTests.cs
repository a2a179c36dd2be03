using SpeechEmotion.Architectures;
using SpeechEmotion.Architectures.Blocks;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Architectures;

/// <summary>Training runs in single precision, with other kernels (oneDNN's) than the double-precision ones that finite differences
/// check.</summary>
public class FloatGradientTests
{
    public FloatGradientTests() => set_num_threads(1);

    /// <summary>Channel counts that fill the processor's vector registers and counts that do not: oneDNN has had wrong gradients for the
    /// second kind only.</summary>
    public static TheoryData<string, object> Models
    {
        get
        {
            TheoryData<string, object> models = new()
            {
                { "mlp", new MlpOptions { Dropout = 0 } },
                { "lstm", new LstmOptions { Dropout = 0 } },
            };
            foreach (int[] channels in new int[][] { [16, 32, 48], [4, 4, 4], [8, 8, 8], [12, 20, 24], [16, 40, 5] })
            {
                models.Add("cnn", new CnnOptions { Channels = channels, TimeHalvings = 1, Dropout = 0 });
                models.Add("cnn_lstm", new CnnLstmOptions { Channels = channels, TimeHalvings = 1, Dropout = 0 });
                models.Add("vgg", new VggOptions { Channels = channels, PoolAfter = [1], Frames = 50, Hidden = 8, Dropout = 0 });
            }

            return models;
        }
    }

    [Theory, MemberData(nameof(Models), DisableDiscoveryEnumeration = true)]
    public void Single_and_double_precision_give_the_same_gradients(string name, object options)
    {
        using var scope = NewDisposeScope();

        // With some seeds (1, 3 and 4 of 1 to 8), two inputs of a maximum (or an input and zero) are closer than single precision can
        // distinguish, and the gradients below that layer are those of the other choice.
        random.manual_seed(2);
        using EmotionModel model = ModelCatalog.Create(name, options, new ModelShape(20, 4));
        Tensor features = randn(6, 50, 20);
        Tensor lengths = tensor(new long[] { 50, 47, 44, 32, 32, 9 });
        Tensor pull = randn(6, 4);
        Dictionary<string, Tensor> single = Gradients(model, features, lengths, pull);
        model.zero_grad();
        model.to(float64);
        Dictionary<string, Tensor> twice = Gradients(model, features.to(float64), lengths, pull.to(float64));

        // 1e-3 of a tensor's largest gradient: sums of thousands of float32 terms of size 1 through several layers. The 0.1 is for biases
        // that the following normalisation cancels (their gradient is 0). oneDNN's wrong gradients were off by a tenth or more.
        Assert.All(single, g => Assert.InRange(
            (g.Value - twice[g.Key]).abs().max().item<double>(), 0, 1e-3 * Math.Max(0.1, twice[g.Key].abs().max().item<double>())));
    }

    public static TheoryData<string, object, object> Halves()
    {
        VggOptions vgg = new() { Channels = [16, 32, 48], PoolAfter = [1], Frames = 50, Hidden = 8, Dropout = 0 };
        LstmOptions lstm = new() { Hidden = 16, Attention = 8, Dropout = 0 };
        CnnLstmOptions both = new() { Channels = [16, 16], Projection = 16, Hidden = 16, Attention = 8, Dropout = 0 };
        ParallelCnnLstmOptions beside = new() { Channels = [16, 16], TimeHalvings = 2, Hidden = 16, Attention = 8, Dropout = 0 };
        return new()
        {
            { "parallel_cnn_lstm", beside, beside with { Precision = "bfloat16" } },
            { "vgg", vgg, vgg with { Precision = "bfloat16" } },
            { "lstm", lstm, lstm with { Precision = "bfloat16" } },
            { "cnn_lstm", both, both with { Precision = "bfloat16" } },
        };
    }

    /// <summary>Rounding to 8 bits (bfloat16) changes the gradients a little; no change at all would mean that nothing was
    /// rounded.</summary>
    [Theory]
    [MemberData(nameof(Halves))]
    public void Half_precision_moves_the_gradients_by_its_rounding_only(string name, object options, object rounding)
    {
        Assert.Equal(OperatingSystem.IsLinux(), Autocast.Available);
        Assert.SkipUnless(name == "vgg" || Autocast.Available, "autocast is called by the names that compilers on Linux give it");
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        using EmotionModel whole = ModelCatalog.Create(name, options, new ModelShape(20, 4));
        using EmotionModel half = ModelCatalog.Create(name, rounding, new ModelShape(20, 4));
        half.load_state_dict(whole.state_dict());
        Tensor features = randn(6, 50, 20), lengths = full([6], 50, int64), pull = randn(6, 4);
        Dictionary<string, Tensor> exact = Gradients(whole, features, lengths, pull), rounded = Gradients(half, features, lengths, pull);
        Tensor all = cat([.. exact.Values.Select(g => g.flatten())]), moved = cat([.. exact.Keys.Select(k => rounded[k].flatten())]);

        // Each rounding is off by up to 2⁻⁹, and about ten follow each other in the forward and backward pass: 0.02 here.
        Assert.InRange(((all - moved).norm() / all.norm()).item<double>(), 1e-4, 0.05);
        Assert.All(half.parameters(), p => Assert.Equal(float32, p.grad!.dtype));
        using IDisposable off = no_grad();
        foreach (bool training in new[] { true, false })
        {
            half.train(training);
            whole.train(training);
            half.load_state_dict(whole.state_dict());
            Assert.True(half.call(features, lengths).allclose(whole.call(features, lengths)), $"scored with training {training}");
        }
    }

    private static Dictionary<string, Tensor> Gradients(EmotionModel model, Tensor features, Tensor lengths, Tensor pull)
    {
        (model.call(features, lengths) * pull).sum().backward();
        return model.named_parameters().ToDictionary(p => p.name, p => p.parameter.grad!.to(float64).clone());
    }
}
