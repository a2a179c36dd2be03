using System.ComponentModel.DataAnnotations;

namespace SpeechEmotion.Architectures;

/// <summary>The architectures by their config names. A new one needs a source file with its options record, a line here, a file in
/// configs/models and a case in the tests (README, 'Add an architecture').</summary>
public static class ModelCatalog
{
    private static readonly Dictionary<string, Entry> Entries = new()
    {
        ["mlp"] = Entry.Of((MlpOptions o, ModelShape s) => new Mlp(o, s), Mlp.Weights),
        ["cnn"] = Entry.Of((CnnOptions o, ModelShape s) => new Cnn(o, s), Cnn.Weights),
        ["lstm"] = Entry.Of((LstmOptions o, ModelShape s) => new Lstm(o, s), Lstm.Weights),
        ["cnn_lstm"] = Entry.Of((CnnLstmOptions o, ModelShape s) => new CnnLstm(o, s), CnnLstm.Weights),
        ["parallel_cnn_lstm"] = Entry.Of((ParallelCnnLstmOptions o, ModelShape s) => new ParallelCnnLstm(o, s), ParallelCnnLstm.Weights),
        ["flat_mlp"] = Entry.Of((FlatMlpOptions o, ModelShape s) => new FlatMlp(o, s), FlatMlp.Weights),
        ["hierarchical_mlp"] = Entry.Of((HierarchicalMlpOptions o, ModelShape s) => new HierarchicalMlp(o, s), HierarchicalMlp.Weights),
        ["feature_lstm"] = Entry.Of((FeatureLstmOptions o, ModelShape s) => new FeatureLstm(o, s), FeatureLstm.Weights),
        ["rbf_network"] = Entry.Of((RbfNetworkOptions o, ModelShape s) => new RbfNetwork(o, s), RbfNetwork.Weights),
        ["vgg"] = Entry.Of((VggOptions o, ModelShape s) => new Vgg(o, s), Vgg.Weights),
    };

    /// <summary>The config names, in the order of reports.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Entries.Keys];

    /// <summary>The options record of an architecture.</summary>
    /// <param name="name">A config name.</param>
    /// <returns>A record with a constructor without arguments.</returns>
    /// <exception cref="ArgumentException">No such architecture; the message names those there are.</exception>
    public static Type OptionsType(string name) => Find(name).Options;

    /// <summary>An architecture's options with their defaults.</summary>
    /// <param name="name">A config name.</param>
    /// <returns>An instance of <see cref="OptionsType"/>.</returns>
    /// <exception cref="ArgumentException">No such architecture; the message names those there are.</exception>
    public static object DefaultOptions(string name) => Activator.CreateInstance(OptionsType(name))!;

    /// <summary>Whether an architecture is solved for in closed form (<see cref="IClosedForm"/>), and so takes no training steps.</summary>
    /// <param name="name">A config name.</param>
    /// <exception cref="ArgumentException">No such architecture; the message names those there are.</exception>
    public static bool IsClosedForm(string name) => Find(name).Model.IsAssignableTo(typeof(IClosedForm));

    /// <summary>Makes a model with fresh weights, drawn from torch's random state.</summary>
    /// <param name="name">A config name.</param>
    /// <param name="options">An instance of <see cref="OptionsType"/>; null takes the defaults.</param>
    /// <param name="shape">Input width and classes.</param>
    /// <returns>The model, on the CPU, in train mode.</returns>
    /// <exception cref="ArgumentException">No such architecture, another architecture's options, or a value outside its range.</exception>
    public static EmotionModel Create(string name, object? options, ModelShape shape)
    {
        (Entry entry, options) = Checked(name, options);
        return entry.Create(options, shape);
    }

    /// <summary>Number of values in a model's state, without making the model: the sizes that a checkpoint declares can be checked against
    /// its length before anything of that size is allocated, and a config's options before anything is loaded.</summary>
    /// <param name="name">A config name.</param>
    /// <param name="options">An instance of <see cref="OptionsType"/>; null takes the defaults.</param>
    /// <param name="shape">Input width and classes.</param>
    /// <returns>Parameters and running statistics.</returns>
    /// <exception cref="ArgumentException">As in <see cref="Create"/>.</exception>
    public static long Weights(string name, object? options, ModelShape shape)
    {
        (Entry entry, options) = Checked(name, options);
        return entry.Weights(options, shape);
    }

    private static (Entry Entry, object Options) Checked(string name, object? options)
    {
        Entry entry = Find(name);
        options ??= DefaultOptions(name);
        if (options.GetType() != entry.Options)
        {
            throw new ArgumentException($"model '{name}' takes {entry.Options.Name}, not {options.GetType().Name}");
        }

        List<ValidationResult> errors = [];
        if (!Validator.TryValidateObject(options, new ValidationContext(options), errors, validateAllProperties: true))
        {
            throw new ArgumentException($"model '{name}': {string.Join("; ", errors.Select(e => e.ErrorMessage))}");
        }

        return (entry, options);
    }

    private static Entry Find(string name) => Entries.TryGetValue(name, out Entry? entry) ? entry : throw new ArgumentException(
        $"unknown model '{name}'; known: {string.Join(", ", Names)}");

    private sealed record Entry(
        Type Model, Type Options, Func<object, ModelShape, EmotionModel> Create, Func<object, ModelShape, long> Weights)
    {
        public static Entry Of<TModel, TOptions>(Func<TOptions, ModelShape, TModel> create, Func<TOptions, ModelShape, long> weights)
            where TModel : EmotionModel where TOptions : new() =>
            new(typeof(TModel), typeof(TOptions), (o, s) => create((TOptions)o, s), (o, s) => weights((TOptions)o, s));
    }
}
