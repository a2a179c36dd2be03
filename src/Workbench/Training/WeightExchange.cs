using System.Text.Json;
using SpeechEmotion.Architectures;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>Exports trained weights to safetensors and imports them. The tensors have the names and shapes of the model's own state, and
/// the model's card is stored as metadata, so that the file is enough to rebuild the model elsewhere (as docs/rebuild_in_pytorch.py
/// does).</summary>
public static class WeightExchange
{
    private const string CardKey = "ser_card";

    /// <summary>Writes a checkpoint's weights and card as safetensors.</summary>
    /// <param name="checkpoint">A checkpoint file.</param>
    /// <param name="path">The file to make or replace.</param>
    /// <returns>The model's card.</returns>
    /// <exception cref="InputException">The checkpoint is missing or damaged.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static ModelCard Export(string checkpoint, string path)
    {
        (ModelCard card, EmotionModel model) = Checkpoint.ReadModel(checkpoint);
        using EmotionModel owned = model;
        SafeTensors.Write(
            path,
            new Dictionary<string, string> { ["format"] = "pt", [CardKey] = card.ToJson() },
            [.. model.state_dict().Select(entry =>
                new NamedTensor(entry.Key, entry.Value.shape, entry.Value.to(float32).data<float>().ToArray()))]);
        return card;
    }

    /// <summary>Writes a checkpoint from safetensors.</summary>
    /// <param name="path">The safetensors file.</param>
    /// <param name="checkpoint">The checkpoint to make or replace.</param>
    /// <param name="like">A checkpoint of the same model whose card is used, or null to use the card in the file.</param>
    /// <returns>The model's card.</returns>
    /// <exception cref="InputException">The file is missing or damaged, holds no model card, or its tensors are not those of the
    /// model.</exception>
    /// <exception cref="IOException">The checkpoint cannot be written.</exception>
    public static ModelCard Import(string path, string checkpoint, string? like = null)
    {
        (IReadOnlyDictionary<string, string> metadata, IReadOnlyList<NamedTensor> tensors) = SafeTensors.Read(path);
        ModelCard card = like is not null ? Checkpoint.ReadCard(like) : Card(path, metadata);
        string model = $"{card.Name} as {(like is null ? "its card" : $"--like {like}")} describes it";
        string way = "give the weights of that model" + (like is null ? "" : ", or another --like");
        long held = tensors.Sum(t => (long)t.Values.Length), needed = ModelCatalog.Weights(card.Name, card.Options, card.Shape);
        if (held != needed)
        {
            throw new InputException($"{path}: its values number {held:N0}, and those of {model} {needed:N0}; {way}");
        }

        using EmotionModel built = card.Build();
        Dictionary<string, Tensor> state = built.state_dict();
        foreach (NamedTensor given in tensors)
        {
            if (!state.Remove(given.Name, out Tensor? target)
                || !target.shape.SequenceEqual(given.Shape)
                || !given.Values.All(float.IsFinite))
            {
                string wanted = target is null ? "no such name" : $"shape [{string.Join(", ", target.shape)}], finite values";
                throw new InputException(
                    $"{path}: '{given.Name}' of shape [{string.Join(", ", given.Shape)}] is no tensor of {model} ({wanted}); {way}");
            }

            using IDisposable off = no_grad();
            using Tensor values = tensor(given.Values, given.Shape.ToArray());
            target.copy_(values);
        }

        Checkpoint.Write(checkpoint, card with { Heard = null }, built); // Which speakers the weights have since trained on is unknown.
        return card;
    }

    private static ModelCard Card(string path, IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(CardKey, out string? json))
        {
            throw new InputException($"{path}: does not say which model it is of; name a run of the same model with --like RUN");
        }

        try
        {
            return ModelCard.FromJson(json);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new InputException(
                $"{path}: its model card is broken ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}); export the weights again", e);
        }
    }
}
