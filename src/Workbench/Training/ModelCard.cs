using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;
using SpeechEmotion.Features;

namespace SpeechEmotion.Training;

/// <summary>All that is needed to rebuild a trained model and compute its input; stored in the head of every checkpoint.</summary>
/// <param name="Name">Catalog name of the architecture.</param>
/// <param name="Options">The architecture's options record.</param>
/// <param name="Shape">Width of the input and number of classes.</param>
/// <param name="Labels">Label set name.</param>
/// <param name="Classes">Class names in the order of the logits.</param>
/// <param name="Features">The front end.</param>
/// <param name="Normaliser">The normalisation fitted on training clips.</param>
/// <param name="Temperature">Logits are divided by this before the softmax (Guo et al., 2017); 1 until a
/// released model is calibrated.</param>
/// <param name="Threshold">Minimum calibrated probability of the most probable class for an answer; below it the honest answer is 'not
/// sure'. With 0 the model always answers.</param>
/// <param name="Heard">The speakers that the model trained, was selected or calibrated on (`ravdess/07`); null if the data name none, and
/// in files written before this was stored.</param>
public sealed record ModelCard(
    string Name,
    object Options,
    ModelShape Shape,
    string Labels,
    IReadOnlyList<string> Classes,
    FeatureOptions Features,
    Normaliser Normaliser,
    double Temperature = 1,
    double Threshold = 0,
    IReadOnlyList<string>? Heard = null)
{
    /// <summary>An unknown key comes from a newer program and may change what the model computes, so it is an error. A missing key did not
    /// exist when the file was written, so it takes the default.</summary>
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Builds the architecture with fresh weights, in evaluation mode.</summary>
    /// <returns>The model on the CPU.</returns>
    public EmotionModel Build()
    {
        EmotionModel model = ModelCatalog.Create(Name, Options, Shape);
        model.eval();
        return model;
    }

    /// <summary>The card as one line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads a card back.</summary>
    /// <param name="json">What <see cref="ToJson"/> gave.</param>
    /// <exception cref="JsonException">Not a card, or one whose parts contradict each other.</exception>
    /// <exception cref="ArgumentException">The catalog has no such architecture, or it does not take these options with this
    /// shape.</exception>
    public static ModelCard FromJson(string json)
    {
        ModelCard card = JsonSerializer.Deserialize<ModelCard>(json, Json) ?? throw new JsonException("empty");

        // The serialiser writes options by their own type, and reads what is an object to it as an element.
        object? options = ((JsonElement)card.Options).Deserialize(ModelCatalog.OptionsType(card.Name), Json);
        card = card with { Options = options ?? throw new JsonException("no options") };
        _ = ModelCatalog.Weights(card.Name, card.Options, card.Shape); // Checks that the options go with the shape.
        return card.Contradiction() is string reason ? throw new JsonException(reason) : card;
    }

    private string? Contradiction()
    {
        List<ValidationResult> wrong = [];
        int width = Shape.Features;
        return !Validator.TryValidateObject(Features, new ValidationContext(Features), wrong, validateAllProperties: true)
                ? wrong[0].ErrorMessage
            : FeatureRules.Broken(Features).FirstOrDefault() is (string reason, [string key, ..])
                ? $"{key}: {reason}"
            : width != Features.Width
                ? $"{width} values a frame, where its front end gives {Features.Width}"
            : Shape.Classes < 2 || Shape.Classes != Classes.Distinct().Count() || Classes.Count != Shape.Classes || Classes.Contains(null!)
                ? $"{Shape.Classes} classes, where the names are {string.Join(", ", Classes)}; each class needs one of its own"
            : !Validator.TryValidateProperty(
                Normaliser.Kind, new ValidationContext(new TrainOptions()) { MemberName = nameof(TrainOptions.Normalise) }, null)
                ? $"a normalisation '{Normaliser.Kind}' that is not known here"
            : Normaliser.Mean.Count != width || Normaliser.Deviation.Count != width
                ? $"a normalisation of {Normaliser.Mean.Count} and {Normaliser.Deviation.Count} values in place of {width}"
            : !Normaliser.Mean.All(float.IsFinite) || !Normaliser.Deviation.All(d => d > 0 && float.IsFinite(d))
                ? "a normalisation that is not finite"
            : !(Temperature > 0 && double.IsFinite(Temperature)) || !(Threshold is >= 0 and <= 1)
                ? $"a temperature of {Temperature} and a threshold of {Threshold}"
            : null;
    }
}
