using SpeechEmotion.Architectures;
using SpeechEmotion.Audio;
using SpeechEmotion.Features;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>A trained model with its front end: sound in, probabilities out.</summary>
public sealed class EmotionClassifier : IDisposable
{
    private readonly EmotionModel _model;
    private readonly FeatureExtractor _extractor;
    private readonly Device _device;

    /// <summary>Loads a checkpoint.</summary>
    /// <param name="checkpoint">A checkpoint file.</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="InputException">Missing, damaged, or of a newer version.</exception>
    public EmotionClassifier(string checkpoint, Device device)
    {
        (Card, _model) = Checkpoint.ReadModel(checkpoint);
        if (Card.Normaliser.Kind == "speaker")
        {
            throw new InputException($"{checkpoint}: hears a voice against the speaker's other clips (train.normalise: speaker), and here every clip stands alone; "
                + "take a model with train.normalise: global or clip, or score a corpus with `ser evaluate`");
        }

        TorchLog.ErrorsOnly();
        _model.to(device);
        _extractor = new FeatureExtractor(Card.Features, device);
        _device = device;
    }

    /// <summary>What the model is, with its class names.</summary>
    public ModelCard Card { get; }

    /// <summary>The checkpoint that a path means: a file itself, or a run folder's best.</summary>
    /// <param name="path">A checkpoint file or a run folder.</param>
    /// <returns>The file, which may not exist.</returns>
    public static string CheckpointOf(string path) => Directory.Exists(path) ? new RunFolder(path).Best : path;

    /// <summary>Classifies sound.</summary>
    /// <param name="waves">Mono sound at any rate.</param>
    /// <returns>For each, calibrated probabilities in the order of the card's classes, summing to 1.</returns>
    public IReadOnlyList<double[]> Classify(IReadOnlyList<Waveform> waves)
    {
        if (waves.Count == 0)
        {
            return [];
        }

        using ClipSet clips = new(_extractor.Extract(waves), new int[waves.Count], Card.Normaliser, _device);
        return Predictor.Logits(_model, clips, 32).Select(l => Predictor.Softmax(l, Card.Temperature)).ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _model.Dispose();
        (_extractor as IDisposable)?.Dispose();
    }
}
