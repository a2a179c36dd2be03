using SpeechEmotion.Architectures;

namespace SpeechEmotion.Configuration;

/// <summary>Reads config files into immutable records: strict, checked once, every mistake reported together.</summary>
public static class ConfigReader
{
    /// <summary>A run's config. A file's top-level key `base: PATH` (relative to that file) lays it over another file.</summary>
    /// <param name="files">YAML files; later ones are laid over earlier ones, mapping by mapping. None gives the defaults.</param>
    /// <param name="overrides">`KEY=VALUE` with a dotted key and a YAML value, such as `train.epochs=5` or
    /// `data.corpora=[ravdess, savee]`; they win over files.</param>
    /// <param name="toTrain">Whether the label sets must be there: what was trained is read without them.</param>
    /// <returns>The resolved config; <see cref="ModelOptions.Options"/> is always set.</returns>
    /// <exception cref="InputException">One line for each mistake: file and line (or --set), key, reason, nearest valid key.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static RunConfig ReadRun(IReadOnlyList<string> files, IReadOnlyList<string> overrides, bool toTrain = false)
    {
        ConfigErrors errors = new();
        MapNode layers = ConfigLayers.Lay(ConfigLayers.Load(files, errors), ConfigLayers.Overrides(overrides, errors));
        RunConfig run = Bind(layers, errors, toTrain);
        errors.ThrowIfAny();
        return run;
    }

    /// <summary>Nodes as a record, with the rules between its keys checked.</summary>
    internal static RunConfig Bind(MapNode map, ConfigErrors errors, bool toTrain)
    {
        RunConfig run = (RunConfig)new ConfigBinder(errors, typeof(RunConfig)).Bind(typeof(RunConfig), map);
        run = run with { Model = run.Model with { Options = run.Model.Options ?? ModelCatalog.DefaultOptions(run.Model.Name) } };
        RunRules.Check(run, map, errors);
        if (toTrain)
        {
            RunRules.CheckLabels(run, map, errors);
        }

        return run;
    }
}
