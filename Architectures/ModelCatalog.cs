namespace SpeechEmotion.Architectures;

/// <summary>The architectures by their names in configs. A new one is one file with its options record, and one line here.</summary>
public static class ModelCatalog
{
    private static readonly SortedDictionary<string, Entry> Entries = new(StringComparer.Ordinal)
    {
        ["mlp"] = Entry.Of<MlpOptions>((options, shape) => new Mlp(options, shape)),
        ["cnn"] = Entry.Of<CnnOptions>((options, shape) => new Cnn(options, shape)),
        ["lstm"] = Entry.Of<LstmOptions>((options, shape) => new Lstm(options, shape)),
        ["cnn_lstm"] = Entry.Of<CnnLstmOptions>((options, shape) => new CnnLstm(options, shape)),
    };

    /// <summary>Names in alphabetical order.</summary>
    public static IReadOnlyCollection<string> Names => Entries.Keys;

    /// <summary>The options record of an architecture.</summary>
    /// <param name="name">A name of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no such architecture.</exception>
    public static Type OptionsType(string name) => Find(name).Options;

    /// <summary>The options that an architecture takes where a config gives none.</summary>
    /// <param name="name">A name of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no such architecture.</exception>
    public static object DefaultOptions(string name) => Activator.CreateInstance(OptionsType(name))!;

    /// <summary>Builds a model with fresh weights on the CPU, drawn from torch's generator.</summary>
    /// <param name="name">A name of <see cref="Names"/>.</param>
    /// <param name="options">Its options record, or null for the defaults.</param>
    /// <param name="shape">What it must fit.</param>
    /// <returns>The model, in training mode.</returns>
    /// <exception cref="ArgumentException">There is no such architecture, or the options are another's or contradict each other.</exception>
    public static EmotionModel Create(string name, object? options, ModelShape shape) => Find(name).Make(options ?? DefaultOptions(name), shape);

    private static Entry Find(string name) => Entries.TryGetValue(name, out Entry? entry)
        ? entry
        : throw new ArgumentException($"there is no architecture '{name}'; there are {string.Join(", ", Names)}");

    private sealed record Entry(Type Options, Func<object, ModelShape, EmotionModel> Make)
    {
        public static Entry Of<T>(Func<T, ModelShape, EmotionModel> make) where T : class, new() => new(
            typeof(T),
            (options, shape) => options is T own
                ? make(own, shape)
                : throw new ArgumentException($"options of type {options.GetType().Name} are not {typeof(T).Name}"));
    }
}
