using SpeechEmotion.Architectures;
using SpeechEmotion.Audio;
using SpeechEmotion.Features;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>A trained model with its front end, on the CPU: sound in, probabilities out.</summary>
public sealed class EmotionClassifier : IDisposable
{
    private readonly FeatureExtractor _extractor;
    private readonly RbfAnswers? _answers;
    private readonly Lazy<EmotionModel>? _model; // where there is no _answers: it holds the whole file until it is made

    /// <summary>Reads a checkpoint. The weights of a model that runs without libtorch (<see cref="RbfAnswers"/>) are loaded here, those of
    /// any other model with the first clip: libtorch loads in the background while that clip's features are computed, which as a rule do
    /// not need it.</summary>
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
        if (_answers is null)
        {
            _model = new Lazy<EmotionModel>(() =>
            {
                TorchLog.ErrorsOnly();
                return model();
            });
            Devices.LoadAhead();
        }
    }

    /// <summary>The model card, with the class names.</summary>
    public ModelCard Card { get; private set; }

    /// <summary>Hears a recording that a person wants judged: computes its features, before normalisation.</summary>
    /// <param name="wave">Mono sound at any rate.</param>
    /// <param name="name">Name of the recording in error messages.</param>
    /// <exception cref="InputException">The part that the model hears is silent, so that an answer would be of nothing; or the clip is of a
    /// kind that the model's features are not defined for.</exception>
    public HeardClip Hear(Waveform wave, string name)
    {
        HeardClip clip;
        try
        {
            clip = _extractor.Hear(wave);
        }
        catch (InputException e)
        {
            throw new InputException($"{name}: {e.Message}", e);
        }

        return !clip.Silent ? clip : throw new InputException(
            $"{name} is silent from {clip.Part.Start:0.0} to {clip.Part.End:0.0} s, the part of it that the model hears; "
            + "cut it to its speech");
    }

    /// <summary>From now on, normalises clips by the mean and deviation of these clips instead of those of the training clips. This uses no
    /// labels, but needs many clips, in all emotions (Schuller et al., IEEE Trans. Affective Computing 1(2), 2010).</summary>
    /// <param name="clips">What <see cref="Hear"/> gives, for at least one clip; enumerated once and not kept.</param>
    public void NormaliseBy(IEnumerable<Feature> clips) => Card = Card with { Normaliser = Card.Normaliser.FittedTo(clips) };

    /// <summary>Classifies sound.</summary>
    /// <param name="waves">Mono sound at any rate.</param>
    /// <returns>For each clip, calibrated probabilities in the order of the card's classes, summing to 1.</returns>
    /// <exception cref="InputException">With the first clip: the checkpoint's weights do not fit the model that it names.</exception>
    public IReadOnlyList<double[]> Classify(IReadOnlyList<Waveform> waves) => Classify(_extractor.Extract(waves));

    /// <summary>Classifies clips that <see cref="Hear"/> has heard.</summary>
    /// <param name="features">Their features.</param>
    /// <returns>As for sound.</returns>
    /// <exception cref="InputException">As for sound.</exception>
    public IReadOnlyList<double[]> Classify(IReadOnlyList<Feature> features)
    {
        if (features.Count == 0)
        {
            return [];
        }

        IEnumerable<float[]> logits = _answers is null
            ? ByNetwork(features)
            : features.Select(clip => _answers.Logits(Card.Normaliser.Apply(clip)));
        return logits.Select(l => Predictor.Softmax(l, Card.Temperature)).ToArray();
    }

    private IReadOnlyList<float[]> ByNetwork(IReadOnlyList<Feature> features)
    {
        EmotionModel model = _model!.Value;
        set_num_threads(1); // For one clip, a second thread costs more than it saves. The setting is per thread.
        using ClipSet clips = new(features, new int[features.Count], Card.Normaliser, Devices.Processor);
        return Predictor.Logits(model, clips, 32);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_model is { IsValueCreated: true })
        {
            _model.Value.Dispose();
        }

        _extractor.Dispose();
    }
}
