using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Features;
using SpeechEmotion.Labels;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>A trained model with its front end, which scores clips from their sound.</summary>
internal sealed class TrainedModel : IDisposable
{
    private readonly EmotionModel _model;
    private readonly RunConfig _config;
    private readonly Device _device;

    /// <summary>Reads a model.</summary>
    /// <param name="checkpoint">Its file.</param>
    /// <param name="labels">The label set to score it on.</param>
    /// <param name="config">Device, batch size, mode and seed.</param>
    /// <exception cref="InputException">The file cannot be read, or its classes are not those of <paramref name="labels"/>.</exception>
    public TrainedModel(string checkpoint, LabelSet labels, RunConfig config)
    {
        (_config, _device) = (config, Devices.Open(config));
        (Card, _model) = Checkpoint.ReadModel(checkpoint);
        _model.to(_device);
        if (!Card.Classes.SequenceEqual(labels.Classes))
        {
            throw new InputException(
                $"{checkpoint}: answers {string.Join(", ", Card.Classes)}, "
                + $"and the label set '{labels.Name}' here has {string.Join(", ", labels.Classes)}; give the set that it was trained on");
        }
    }

    /// <summary>The device that the model runs on.</summary>
    public string DeviceName => Provenance.Name(_device);

    /// <summary>The model card.</summary>
    public ModelCard Card { get; }

    /// <summary>Scores clips.</summary>
    /// <param name="data">The sound.</param>
    /// <param name="clips">The clips.</param>
    /// <param name="classes">Class of each key.</param>
    /// <param name="alteration">How the clips' sound is altered before its features are computed; null leaves it as it is.</param>
    /// <param name="listener">Receives progress.</param>
    /// <param name="groupOf">The group of a clip. Each group is normalised by its own mean and deviation instead of those of the training
    /// clips; null keeps the model's own normalisation.</param>
    /// <returns>One row per clip, in the order of <paramref name="clips"/>.</returns>
    /// <exception cref="InputException">A sound file cannot be read.</exception>
    public IReadOnlyList<Prediction> Score(
        SpeechData data, IReadOnlyList<Utterance> clips, IReadOnlyDictionary<string, int> classes,
        Alteration? alteration, IRunListener listener, Func<Utterance, string>? groupOf = null)
    {
        IReadOnlyDictionary<string, Feature> heard = data.Features(
            clips, Card.Features, _device, listener, alteration?.Options, _config.Seed);
        IReadOnlyDictionary<string, Feature> features = alteration is null
            ? heard
            : clips.ToDictionary(u => u.Key, u => heard[u.Key + "#1"]);
        Normaliser normaliser = Card.Normaliser;
        if ((normaliser.Kind == "speaker" ? u => u.Speaker : groupOf) is Func<Utterance, string> of)
        {
            Dictionary<string, string> groups = clips.ToDictionary(u => u.Key, of);
            (features, normaliser) = Normaliser.BySpeaker(
                groups.Keys.ToDictionary(k => k, k => features[k]), k => groups[k], groups.Keys);
        }

        int[] truths = [.. clips.Select(u => classes[u.Key])];
        using ClipSet set = new([.. clips.Select(u => features[u.Key])], truths, normaliser, _device);
        return Predictor.Score(_model, set, clips, truths, _config, Card.Temperature);
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();
}
