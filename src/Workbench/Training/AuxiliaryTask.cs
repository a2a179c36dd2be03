using SpeechEmotion.Architectures;
using SpeechEmotion.Corpora;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>A further question that training asks about each clip, besides its emotion (multi-task learning; Caruana, 1997). Its answers
/// are additional outputs of the network's last layer: everything but their rows is shared, and the model that is kept does not have
/// them.</summary>
/// <param name="Name">As in `train.tasks`.</param>
/// <param name="Answers">The possible answers.</param>
/// <param name="Of">Gives the answer for an utterance, or null if it is unknown.</param>
public sealed record AuxiliaryTask(string Name, IReadOnlyList<string> Answers, Func<Utterance, string?> Of)
{
    /// <summary>Label of a clip whose answer is unknown; it adds no loss.</summary>
    public const long Unknown = -100;

    private static readonly AuxiliaryTask[] All =
    [
        new("sex", ["female", "male"], u => u.Sex),
        new("intensity", ["normal", "strong"], u => CorpusCatalog.Find(u.Corpus)?.IntensityOf(u)),
    ];

    /// <summary>The tasks of these names.</summary>
    /// <param name="names">From `train.tasks`, checked.</param>
    public static IReadOnlyList<AuxiliaryTask> Named(IReadOnlyList<string> names) =>
        [.. names.Distinct().Select(name => All.Single(t => t.Name == name))];

    /// <summary>The label of an utterance.</summary>
    /// <param name="utterance">The utterance.</param>
    /// <returns>Index of its answer, or <see cref="Unknown"/>.</returns>
    public long Label(Utterance utterance)
    {
        string? answer = Of(utterance);
        int index = Answers.TakeWhile(a => a != answer).Count();
        return index < Answers.Count ? index : Unknown;
    }

    /// <summary>Card of the model that trains: its outputs are the classes that it is taught, then the answers of each task.</summary>
    /// <param name="card">Card of the model that is kept.</param>
    /// <param name="taught">Classes of the kept model, followed by those that are used only in training.</param>
    /// <param name="tasks">The tasks.</param>
    /// <returns>A card of the same network with that many outputs.</returns>
    public static ModelCard Widen(ModelCard card, IReadOnlyList<string> taught, IReadOnlyList<AuxiliaryTask> tasks)
    {
        string[] outputs = [.. taught, .. tasks.SelectMany(t => t.Answers.Select(answer => $"{t.Name}: {answer}"))];
        return card with { Shape = card.Shape with { Classes = outputs.Length }, Classes = outputs };
    }

    /// <summary>Copies the weights that both models have: the rows of the kept classes of the last layer, and all other tensors
    /// whole.</summary>
    /// <param name="wide">The model that trains.</param>
    /// <param name="kept">Takes the weights; on the same device.</param>
    public static void Copy(EmotionModel wide, EmotionModel kept)
    {
        using IDisposable off = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((Tensor from, Tensor to) in wide.state_dict().Values.Zip(kept.state_dict().Values))
        {
            to.copy_(from.dim() > 0 ? from.narrow(0, 0, to.shape[0]) : from);
        }
    }
}
