using SpeechEmotion.Architectures;

namespace SpeechEmotion.Configuration;

/// <summary>The network: a catalog name and that architecture's own options record.</summary>
/// <param name="Name">Name in the model catalog: mlp, cnn, lstm, cnn_lstm, …</param>
/// <param name="Options">The architecture's options record; null takes its defaults.</param>
public sealed record ModelOptions(string Name, object? Options)
{
    /// <summary>Makes the network with fresh weights, as <see cref="ModelCatalog.Create"/> does.</summary>
    /// <param name="shape">Input width and outputs.</param>
    /// <exception cref="InputException">The architecture does not support these options with this front end or number of
    /// classes.</exception>
    public EmotionModel Create(ModelShape shape) => AsInput(() => ModelCatalog.Create(Name, Options, shape));

    /// <summary>Finds out, without libtorch, whether <see cref="Create"/> can make the network.</summary>
    /// <param name="shape">Input width and outputs.</param>
    /// <exception cref="InputException">It cannot.</exception>
    public void Check(ModelShape shape) => _ = AsInput(() => ModelCatalog.Weights(Name, Options, shape));

    private static T AsInput<T>(Func<T> of)
    {
        try
        {
            return of();
        }
        catch (ArgumentException e)
        {
            throw new InputException(e.Message, e);
        }
    }
}
