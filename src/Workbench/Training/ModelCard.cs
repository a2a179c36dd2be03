using System.Text.Json;
using SpeechEmotion.Architectures;
using SpeechEmotion.Features;

namespace SpeechEmotion.Training;

/// <summary>All that is needed to rebuild a trained model and feed it: the head of every checkpoint.</summary>
/// <param name="Name">Catalog name of the architecture.</param>
/// <param name="Options">The architecture's options record.</param>
/// <param name="Shape">Width of the input and number of classes.</param>
/// <param name="Labels">Label set name.</param>
/// <param name="Classes">Class names in the order of the logits.</param>
/// <param name="Features">The front end.</param>
/// <param name="Normaliser">The normalisation fitted on training clips.</param>
/// <param name="Temperature">Logits are divided by this before the softmax (Guo et al., 2017); 1 until a released model is calibrated.</param>
/// <param name="Threshold">Least calibrated probability of the first class for an answer; below it the honest answer is 'not sure'. 0 always answers.</param>
public sealed record ModelCard(
    string Name,
    object Options,
    ModelShape Shape,
    string Labels,
    IReadOnlyList<string> Classes,
    FeatureOptions Features,
    Normaliser Normaliser,
    double Temperature = 1,
    double Threshold = 0)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Builds the architecture with fresh weights, in evaluation mode.</summary>
    /// <returns>The model on the CPU.</returns>
    public EmotionModel Build()
    {
        EmotionModel model = ModelCatalog.Create(Name, Options, Shape);
        model.eval();
        return model;
    }

    /// <summary>The card as one line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new Raw(Name, JsonSerializer.SerializeToElement(Options, Options.GetType(), Json), Shape, Labels, Classes, Features, Normaliser, Temperature, Threshold), Json);

    /// <summary>Reads a card back.</summary>
    /// <param name="json">What <see cref="ToJson"/> gave.</param>
    /// <exception cref="JsonException">Not a card.</exception>
    /// <exception cref="ArgumentException">The catalog has no such architecture.</exception>
    public static ModelCard FromJson(string json)
    {
        Raw raw = JsonSerializer.Deserialize<Raw>(json, Json) ?? throw new JsonException("empty");
        object options = raw.Options.Deserialize(ModelCatalog.OptionsType(raw.Name), Json) ?? throw new JsonException("no options");
        return new ModelCard(raw.Name, options, raw.Shape, raw.Labels, raw.Classes, raw.Features, raw.Normaliser, raw.Temperature, raw.Threshold);
    }

    private sealed record Raw(
        string Name,
        JsonElement Options,
        ModelShape Shape,
        string Labels,
        IReadOnlyList<string> Classes,
        FeatureOptions Features,
        Normaliser Normaliser,
        double Temperature = 1,
        double Threshold = 0);
}
