using SpeechEmotion.Architectures;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Architectures;

/// <summary>Models of any architecture for tests, and a batch to run them on.</summary>
internal static class SmallModels
{
    public static readonly ModelShape Shape = new(20, 4);

    /// <summary>A model with the same weights each time.</summary>
    public static EmotionModel Make(string name, bool training = false)
    {
        random.manual_seed(1);
        EmotionModel model = ModelCatalog.Create(name, Small(name), Shape);
        model.train(training);
        return model;
    }

    /// <summary>Clips of noise, with zeros after their ends.</summary>
    public static Tensor Batch(out Tensor lengths, params long[] frames)
    {
        random.manual_seed(2);
        lengths = tensor(frames);
        Tensor x = randn(frames.Length, frames.Max(), Shape.Features);
        for (int i = 0; i < frames.Length; i++)
        {
            x[i, (int)frames[i]..] = 0;
        }

        return x;
    }

    public static double Gap(Tensor a, Tensor b) => (a - b).abs().max().to(float64).item<double>();

    /// <summary>Options for a small VGG, since the published one is made for rows of 101 values and has 16 million parameters; null (the
    /// defaults) for the others.</summary>
    public static object? Small(string name) =>
        name == "vgg" ? new VggOptions { Channels = [4, 6], PoolAfter = [1, 2], Frames = 48, Hidden = 8 } : null;
}
