using SpeechEmotion.Audio;
using SpeechEmotion.Features;
using SpeechEmotion.Training;

namespace SpeechEmotion.Web;

/// <summary>A loaded model.</summary>
/// <param name="Name">Its name in the API.</param>
/// <param name="Classifier">Used on the inference thread only.</param>
/// <param name="Picture">Extracts log-mel levels of whole clips in the model's bands; used on the inference thread only.</param>
internal sealed record ShelvedModel(string Name, EmotionClassifier Classifier, FeatureExtractor Picture)
{
    public ModelCard Card => Classifier.Card;

    /// <summary>Longest clip, in seconds, that it hears whole; `summary` features take every clip whole.</summary>
    public double HeardSeconds => Card.Features.Kind == "summary" ? ServeOptions.MostSeconds : Card.Features.MaxSeconds;

    public ModelEntry Entry => new(Name, Card.Name, Card.Classes, Card.Threshold, Card.Temperature, HeardSeconds);

    /// <summary>Probabilities by class name, in the card's order.</summary>
    public IReadOnlyDictionary<string, double> Named(IReadOnlyList<double> probabilities) =>
        Card.Classes.Zip(probabilities).ToDictionary(pair => pair.First, pair => pair.Second);
}

/// <summary>The models that the app answers with, loaded once.</summary>
internal sealed class ModelShelf : IDisposable
{
    /// <summary>Loads the models and runs each once, so that no user waits for what only the first answer needs.</summary>
    /// <param name="files">Their checkpoints.</param>
    /// <exception cref="InputException">A checkpoint is missing or damaged.</exception>
    public ModelShelf(IReadOnlyList<ModelFile> files)
    {
        All = [.. files.Select(file =>
        {
            EmotionClassifier classifier = new(file.Path);
            FeatureOptions drawn = classifier.Card.Features with
            {
                Kind = "logmel",
                Deltas = false,
                Prosody = false,
                NormaliseLevel = false,
                TrimDb = 0,
                MaxSeconds = ServeOptions.MostSeconds,
            };
            return new ShelvedModel(file.Name, classifier, new FeatureExtractor(drawn, Devices.Processor));
        })];
        foreach (ShelvedModel model in All)
        {
            _ = model.Classifier.Classify([new Waveform(new float[Recording.LowestRate], Recording.LowestRate)]);
        }
    }

    /// <summary>The models; the first is the default.</summary>
    public IReadOnlyList<ShelvedModel> All { get; }

    /// <summary>Finds a model.</summary>
    /// <param name="name">Its name; null or empty takes the default.</param>
    /// <exception cref="ProblemException">There is none of that name.</exception>
    public ShelvedModel Find(string? name) => TryFind(name)
        ?? throw new ProblemException(
            400, $"There is no model of the name you gave; there are: {string.Join(", ", All.Select(model => model.Name))}.");

    /// <summary>As <see cref="Find"/>, null where there is none of that name.</summary>
    public ShelvedModel? TryFind(string? name) => string.IsNullOrEmpty(name) ? All[0] : All.FirstOrDefault(model => model.Name == name);

    public void Dispose()
    {
        foreach (ShelvedModel model in All)
        {
            model.Picture.Dispose();
            model.Classifier.Dispose();
        }
    }
}
