using SpeechEmotion.Architectures;
using SpeechEmotion.Audio;
using SpeechEmotion.Features;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>A trained model with its front end, on the processor: sound in, probabilities out.</summary>
public sealed class EmotionClassifier : IDisposable
{
    private readonly FeatureExtractor _extractor;
    private readonly RbfAnswers? _answers;
    private readonly Lazy<EmotionModel> _model;

    /// <summary>Reads a checkpoint. Of a model that can do without libtorch the weights are taken at once; of another with the first clip,
    /// whose features need no libtorch: it is loading meanwhile.</summary>
    /// <param name="checkpoint">A checkpoint file.</param>
    /// <exception cref="InputException">Missing, damaged, or of a newer version.</exception>
    public EmotionClassifier(string checkpoint)
    {
        (Card, Func<EmotionModel> model, Func<RbfAnswers>? answers) = Checkpoint.OpenModel(checkpoint);
        if (Card.Normaliser.Kind == "speaker")
        {
            throw new InputException(
                $"{checkpoint}: hears a voice against the speaker's other clips (train.normalise: speaker), "
                + "and here every clip stands alone; "
                + "take a model with train.normalise: global or clip, or score a corpus with `ser evaluate`");
        }

        _extractor = new FeatureExtractor(Card.Features, Devices.Processor);
        _answers = answers?.Invoke();
        _model = new Lazy<EmotionModel>(() =>
        {
            TorchLog.ErrorsOnly();
            return model();
        });
        if (_answers is null)
        {
            Devices.LoadAhead();
        }
    }

    /// <summary>What the model is, with its class names.</summary>
    public ModelCard Card { get; private set; }

    /// <summary>What the model hears of a clip, before it is normalised.</summary>
    /// <param name="wave">Mono sound at any rate.</param>
    public Feature Extract(Waveform wave) => _extractor.Extract([wave])[0];

    /// <summary>From now on sound is normalised by the mean and deviation of these clips, in place of the training clips'. No label
    /// has a part in it, but it takes many clips, in all emotions (Schuller et al., IEEE Trans. Affective Computing 1(2), 2010).</summary>
    /// <param name="clips">What <see cref="Extract"/> gives, of at least one clip; gone through once and not kept.</param>
    public void NormaliseBy(IEnumerable<Feature> clips) => Card = Card with { Normaliser = Card.Normaliser.FittedTo(clips) };

    /// <summary>Classifies sound.</summary>
    /// <param name="waves">Mono sound at any rate.</param>
    /// <returns>For each, calibrated probabilities in the order of the card's classes, summing to 1.</returns>
    /// <exception cref="InputException">With the first clip: the checkpoint's weights are not those of the model that it names.</exception>
    public IReadOnlyList<double[]> Classify(IReadOnlyList<Waveform> waves)
    {
        if (waves.Count == 0)
        {
            return [];
        }

        IReadOnlyList<Feature> features = _extractor.Extract(waves);
        IEnumerable<float[]> logits = _answers is null
            ? ByNetwork(features)
            : features.Select(clip => _answers.Logits(Card.Normaliser.Apply(clip)));
        return logits.Select(l => Predictor.Softmax(l, Card.Temperature)).ToArray();
    }

    private IReadOnlyList<float[]> ByNetwork(IReadOnlyList<Feature> features)
    {
        EmotionModel model = _model.Value;
        set_num_threads(1); // With one clip a second thread takes longer than it saves. It is this thread's own setting.
        using ClipSet clips = new(features, new int[features.Count], Card.Normaliser, Devices.Processor);
        return Predictor.Logits(model, clips, 32);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_model.IsValueCreated)
        {
            _model.Value.Dispose();
        }

        _extractor.Dispose();
    }
}
