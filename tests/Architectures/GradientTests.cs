using SpeechEmotion.Architectures;
using TorchSharp;
using static SpeechEmotion.Tests.Architectures.SmallModels;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Architectures;

/// <summary>Each architecture's gradients against central differences, in double precision and without dropout.</summary>
public class GradientTests
{
    public GradientTests() => set_num_threads(1);

    public static TheoryData<string> Names => [.. ModelCatalog.Names];

    [Theory, MemberData(nameof(Names))]
    public void Gradients_match_finite_differences(string name)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(4);
        ModelShape shape = new(6, 4);
        EmotionModel model = ModelCatalog.Create(name, WithDropout(name, Tiny(name)), shape);
        model.to(float64);
        Tensor x = randn(3, 11, 6, float64);
        Tensor lengths = tensor(new long[] { 11, 7, 3 });
        Tensor pull = randn(3, 4, float64);
        Tensor Loss() => (model.call(x, lengths) * pull).sum();
        Loss().backward();

        using var gradless = no_grad();
        const double h = 1e-6;
        foreach (var (key, parameter) in model.named_parameters())
        {
            Tensor flat = parameter.view(-1);
            foreach (long i in new[] { 0, flat.numel() / 2, flat.numel() - 1 })
            {
                double value = flat[i].item<double>();
                flat[i] = value + h;
                double up = Loss().item<double>();
                flat[i] = value - h;
                double slope = (up - Loss().item<double>()) / (2 * h);
                flat[i] = value;
                double gradient = parameter.grad!.view(-1)[i].item<double>();

                // 1e-5: the error of the central difference is of order h² = 1e-12 and rounding 1e-16 / h = 1e-10; a wrong term is off by
                // far more.
                Assert.True(Math.Abs(slope - gradient) < 1e-5 * Math.Max(1, Math.Abs(slope)), $"{key}[{i}]: {gradient} against {slope}");
            }
        }
    }
}
