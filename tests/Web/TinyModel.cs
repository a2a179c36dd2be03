using SpeechEmotion.Architectures;
using SpeechEmotion.Features;
using SpeechEmotion.Training;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Web;

/// <summary>A small network with random weights: what the app does with probabilities does not depend on where they come from.</summary>
internal static class TinyModel
{
    public static readonly string[] Six = ["anger", "happy", "neutral", "sad", "fear", "disgust"];

    public static ModelFile Write(string folder, string name, int classes, double threshold = 0, string kind = "logmel")
    {
        random.manual_seed(classes);
        FeatureOptions features = new() { Kind = kind, Mels = 16, Prosody = kind == "logmel" };
        Normaliser normaliser = new("clip", new float[features.Width], [.. Enumerable.Repeat(1f, features.Width)]);
        LstmOptions options = new() { Hidden = 8, Layers = 1, Attention = 0 };
        ModelShape shape = new(features.Width, classes);
        ModelCard card = new("lstm", options, shape, name, Six[..classes], features, normaliser, 0.2, threshold);
        ModelFile file = new(name, Path.Combine(folder, $"{name}.ser"));
        using EmotionModel model = card.Build();
        Checkpoint.Write(file.Path, card, model);
        return file;
    }
}
