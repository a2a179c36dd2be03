using System.Security.Cryptography;
using System.Text.Json;
using SpeechEmotion.Architectures;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>Checkpoint files: a marker and version, the model card, the weights, and for resuming the optimiser and the run's state,
/// followed by a SHA-256 of all that. Reading one runs no code, and uses nothing of it before the checksum is verified.</summary>
public static class Checkpoint
{
    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Writes a checkpoint; the old file stays until the new one is complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="card">The model card.</param>
    /// <param name="model">The weights.</param>
    /// <param name="optimiser">The optimiser whose moments resuming needs, or null for weights only.</param>
    /// <param name="state">State of the run; needed with an optimiser.</param>
    /// <param name="average">The averaged weights that resuming needs, or null if the run does not average weights.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written.</exception>
    public static void Write(
        string path, ModelCard card, EmotionModel model,
        OptimizerHelper? optimiser = null, TrainState? state = null, EmotionModel? average = null)
    {
        using MemoryStream body = new();
        using (BinaryWriter writer = new(body, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(CheckpointHead.Mark);
            writer.Write(CheckpointHead.Version);
            writer.Write(card.ToJson());
            writer.Write(state is null ? "" : JsonSerializer.Serialize(state, Json));
            model.save(writer);
            average?.save(writer);
            optimiser?.save_state_dict(writer);
        }

        byte[] bytes = body.ToArray();
        AtomicFile.Write(path, stream =>
        {
            stream.Write(bytes);
            stream.Write(SHA256.HashData(bytes));
        });
    }

    /// <summary>Reads the model card of a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">Not a checkpoint, damaged, or of a newer version.</exception>
    public static ModelCard ReadCard(string path)
    {
        using BinaryReader reader = CheckpointHead.Open(path);
        return CheckpointHead.Read(reader, path).Card;
    }

    /// <summary>Rebuilds the model of a checkpoint, in evaluation mode on the CPU.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The card and the model with its trained weights.</returns>
    /// <exception cref="InputException">Not a checkpoint, damaged, or of a newer version.</exception>
    public static (ModelCard Card, EmotionModel Model) ReadModel(string path)
    {
        (ModelCard card, Func<EmotionModel> model, _) = OpenModel(path);
        return (card, model());
    }

    /// <summary>Reads the model card of a checkpoint now, and its model only on demand: until then libtorch is not needed.</summary>
    /// <param name="path">The file; all of it is read by this call.</param>
    /// <returns>The card; a function that builds the model as <see cref="ReadModel"/> does; and a function that reads the model for use
    /// without libtorch, or null if the model needs libtorch. Call only one of the two functions, and only once.</returns>
    /// <exception cref="InputException">Not a checkpoint, damaged, or of a newer version.</exception>
    public static (ModelCard Card, Func<EmotionModel> Model, Func<RbfAnswers>? Answers) OpenModel(string path)
    {
        BinaryReader reader = CheckpointHead.Open(path);
        ModelCard card = CheckpointHead.Read(reader, path).Card;

        // A file whose card describes more weights than its length can hold must not make the program allocate memory for them.
        long length = reader.BaseStream.Length, needed = sizeof(float) * ModelCatalog.Weights(card.Name, card.Options, card.Shape);
        if (needed > length)
        {
            throw new InputException(
                $"{path}: is {length:N0} bytes long, where the weights of the model that it names ({Describe(card)}) take {needed:N0}; "
                + "train the run anew");
        }

        return (card, Model, RbfAnswers.Takes(card.Options) ? Answers : null);

        EmotionModel Model()
        {
            EmotionModel model = card.Build();
            return Fitting(path, () =>
            {
                StateLayout.Load(reader, card, model, trainsOn: false);
                return model;
            });
        }

        RbfAnswers Answers() => Fitting(path, () =>
        {
            RbfNetworkOptions options = (RbfNetworkOptions)card.Options;
            Dictionary<string, (ScalarType, long[])> layout = RbfAnswers.State(options, card.Shape)
                .ToDictionary(entry => entry.Key, entry => (ScalarType.Float32, entry.Value));
            return new RbfAnswers(options, card.Shape, StateLayout.Read(reader, layout));
        });
    }

    /// <summary>Loads a checkpoint into the objects that a run has built, so that it resumes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">Card of the run's model; the checkpoint must hold the same model.</param>
    /// <param name="model">Takes the weights.</param>
    /// <param name="optimiser">Takes the moments.</param>
    /// <param name="average">Takes the averaged weights, or null if the run does not average weights.</param>
    /// <returns>State of the run.</returns>
    /// <exception cref="InputException">Damaged, a checkpoint of another model or normalisation, or one of weights alone.</exception>
    public static TrainState Read(
        string path, ModelCard expected, EmotionModel model, OptimizerHelper optimiser, EmotionModel? average = null)
    {
        using BinaryReader reader = CheckpointHead.Open(path, CheckpointHead.Anew);
        (ModelCard card, string state) = CheckpointHead.Read(reader, path);
        card = card with { Heard = expected.Heard }; // Checkpoints of older runs do not hold it.
        if ((card with { Normaliser = expected.Normaliser }).ToJson() != expected.ToJson())
        {
            throw new InputException(
                $"{path}: holds another model ({Describe(card)}) than this run's ({Describe(expected)}); "
                + "give the run another folder, or remove the file to train anew");
        }

        if (card.ToJson() != expected.ToJson())
        {
            throw new InputException(
                $"{path}: normalises otherwise than this run's clips ask for "
                + "(other data, or features that another machine or device has rounded otherwise); "
                + "give the data and the device that it was begun on, or remove the file to train anew");
        }

        if (state.Length == 0)
        {
            throw new InputException($"{path}: holds weights alone, without the state that resuming needs; {CheckpointHead.Anew}");
        }

        return Fitting(path, () =>
        {
            StateLayout.Load(reader, card, model, trainsOn: true);
            if (average is not null)
            {
                StateLayout.Load(reader, card, average, trainsOn: true);
            }

            StateLayout.RequireMoments(reader, model);
            optimiser.load_state_dict(reader);
            return JsonSerializer.Deserialize<TrainState>(state, Json) ?? throw new JsonException("its state is null");
        }, CheckpointHead.Anew);
    }

    /// <summary>Reads weights, and reports those that do not fit as an error of the file.</summary>
    private static T Fitting<T>(string path, Func<T> read, string way = "train the run anew, or give another file")
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is ArgumentException or IOException or JsonException or InvalidDataException or FormatException)
        {
            throw new InputException($"{path}: its weights do not fit the model it names ({e.Message}); {way}", e);
        }
    }

    private static string Describe(ModelCard card) =>
        $"{card.Name}, {card.Labels} labels, {card.Shape.Features} values a frame, "
        + $"options {JsonSerializer.Serialize(card.Options, card.Options.GetType())}";
}
