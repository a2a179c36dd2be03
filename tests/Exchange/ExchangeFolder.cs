using SpeechEmotion.Architectures;
using SpeechEmotion.Cli;
using SpeechEmotion.Features;
using SpeechEmotion.Training;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

/// <summary>Base of the weight-exchange tests: a temporary folder of models and their weights.</summary>
public abstract class ExchangeFolder : IDisposable
{
    private const int Width = 20;
    private readonly TestFolder _folder = new();

    protected ExchangeFolder() => set_num_threads(1);

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected string In(string name) => _folder[name];

    /// <summary>Asserts that weights cannot be imported: the message says why and names the file, and no model is written.</summary>
    protected void Wrong(string message, string file)
    {
        (int code, _, string error) = MiniatureCorpus.Ser("import", file, "--out", In("bad.ser"));
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Contains(file, error, StringComparison.Ordinal);
        Assert.Equal(App.WrongInput, code);
        Assert.False(File.Exists(In("bad.ser")));
    }

    /// <summary>Writes `a.ser`; its running statistics and solved weights differ from their initial values.</summary>
    protected ModelCard Write(string name, int variant = 1)
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
        model.forward(Clips([40, 30]), tensor(new long[] { 40, 30 })).Dispose(); // Updates the running statistics.
        if (model is IClosedForm solved)
        {
            solved.Fit(Clips([40, 30, 20, 10]), tensor(new long[] { 40, 30, 20, 10 }), arange(4)); // Without a fit it answers 0.
        }

        Checkpoint.Write(In("a.ser"), card, model);
        return card;
    }

    protected static Tensor Clips(long[] lengths)
    {
        Tensor features = randn(lengths.Length, lengths.Max(), Width);
        for (int i = 0; i < lengths.Length; i++)
        {
            features[i, (int)lengths[i]..] = 0;
        }

        return features;
    }
}
