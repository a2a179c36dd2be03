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

    /// <summary>Very small sizes, for what takes a pass for each weight. An architecture needs one case here; the tests over all names then
    /// hold for it too.</summary>
    public static object Tiny(string name) => name switch
    {
        "mlp" => new MlpOptions { Hidden = [5, 4] },
        "cnn" => new CnnOptions { Channels = [3, 4], TimeHalvings = 1, Attention = 3 },
        "lstm" => new LstmOptions { Hidden = 4, Attention = 3 },
        "cnn_lstm" => new CnnLstmOptions { Channels = [3], TimeHalvings = 1, Projection = 5, Hidden = 4, Attention = 3 },
        "parallel_cnn_lstm" => new ParallelCnnLstmOptions { Channels = [3, 4], TimeHalvings = 1, Hidden = 4, Attention = 3 },
        "flat_mlp" => new FlatMlpOptions { Hidden = 5 },
        "hierarchical_mlp" => new HierarchicalMlpOptions { Hidden = 5 },
        "feature_lstm" => new FeatureLstmOptions { Hidden = 4, Dense = 5 },
        "rbf_network" => new RbfNetworkOptions { Centres = 7 },
        "vgg" => new VggOptions { Channels = [3, 4], PoolAfter = [1], Frames = 12, Hidden = 5 },
        _ => throw new InvalidOperationException($"{name} needs a case in {nameof(SmallModels)}.{nameof(Tiny)}"),
    };

    /// <summary>Names of an architecture's options that are dropout.</summary>
    public static IEnumerable<string> Dropouts(string name) => ModelCatalog.OptionsType(name).GetProperties()
        .Select(property => property.Name).Where(property => property.EndsWith("Dropout", StringComparison.Ordinal));

    /// <summary>A copy of options in which one dropout is as given and any other is off.</summary>
    public static object WithDropout(string name, object options, string? only = null, double share = 0)
    {
        Type type = options.GetType();
        object copy = type.GetMethod("<Clone>$")!.Invoke(options, null)!; // what `with` calls
        foreach (string dropout in Dropouts(name))
        {
            type.GetProperty(dropout)!.SetValue(copy, dropout == only ? share : 0.0);
        }

        return copy;
    }

    /// <summary>Options for a small VGG, since the published one is made for rows of 101 values and has 16 million parameters; null (the
    /// defaults) for the others.</summary>
    public static object? Small(string name) =>
        name == "vgg" ? new VggOptions { Channels = [4, 6], PoolAfter = [1, 2], Frames = 48, Hidden = 8 } : null;
}
