using SpeechEmotion.Labels;

namespace SpeechEmotion.Configuration;

/// <summary>A study file, read and checked; it resolves the config of each of its runs.</summary>
public sealed class Study
{
    /// <summary>Keys of a run that the matrix sets → the study's key that they come from.</summary>
    internal static readonly Dictionary<string, string> Matrix = new()
    {
        ["model.name"] = "models",
        ["data.labels"] = "labels",
        ["split.fold"] = "folds",
        ["seed"] = "seeds",
    };

    /// <summary>The study file's key that holds a piece of run config.</summary>
    internal const string OfRuns = "set";

    private readonly MapNode _study;
    private readonly MapNode _set;
    private readonly MapNode _overrides;
    private readonly Dictionary<string, MapNode> _files = []; // a search reads each model file once, not once per point

    private Study(string file, StudyConfig config, MapNode study, MapNode set, MapNode overrides) =>
        (File, Config, _study, _set, _overrides) = (file, config, study, set, overrides);

    /// <summary>The study file's path, as given.</summary>
    public string File { get; }

    /// <summary>The study's matrix of runs and its other settings.</summary>
    public StudyConfig Config { get; }

    /// <summary>Reads a study file and checks it and the run config of each of its models.</summary>
    /// <param name="file">The study file. Besides the keys of <see cref="StudyConfig"/> it may hold `set:`, a piece of run config for all
    /// runs. Its `conditions` may be the path, relative to it, of a file that holds them.</param>
    /// <param name="overrides">`KEY=VALUE`: keys of the study (`folds=[0]`) or of its runs (`train.epochs=5`), which win over
    /// everything but the matrix. A search does not vary a key that is given here.</param>
    /// <exception cref="InputException">One line for each mistake.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static Study Read(string file, IReadOnlyList<string> overrides)
    {
        ConfigErrors errors = new();
        ICollection<string> ofRuns = [.. KeyNames.Of(typeof(RunConfig)).Keys];
        ILookup<bool, string> sides = overrides.ToLookup(text => ofRuns.Contains(text.Split('.', '=')[0].Trim()));
        MapNode own = YamlSource.ReadFile(file, errors);
        if (own.Entries.Count == 0)
        {
            errors.ThrowIfAny(); // Otherwise an unreadable file would also be reported for the keys that it lacks.
        }

        MapNode map = ConditionFile.Read(file, own.Lay(ConfigLayers.Overrides(sides[false], errors)), errors);
        MapNode set = Section(map, errors), over = ConfigLayers.Overrides(sides[true], errors), both = ConfigLayers.Lay(set, over);
        foreach ((string key, string source) in Matrix.Where(entry => both.Holds(entry.Key)))
        {
            errors.Add(both.Find(key)!, key, $"a study's runs take this from `{source}`; set that");
        }

        StudyConfig config = (StudyConfig)new ConfigBinder(errors, typeof(StudyConfig)).Bind(typeof(StudyConfig), map.With(OfRuns, null));
        config = GivenKeys.Apply(config, over, errors);
        Study study = new(file, config, map, set, over);
        if (!errors.Has("models") && config.Models.Count == 0)
        {
            errors.Add(
                map.Find("models") ?? file, "models", "name at least one model file, such as `models: [../../configs/models/cnn.yaml]`");
        }

        bool sound = StudyRules.Check(config, map, errors);

        // Resolve every system with the highest fold asked for, so that a mistake is found now and not after hours of runs.
        RunConfig? first = null;
        foreach (StudySystem system in StudySystem.Of(sound ? config : config with { Search = null, Variants = [] }))
        {
            RunConfig run = study.Resolve(
                system,
                config.Labels.FirstOrDefault(set => LabelSets.WhyNone(set) is null, "four"), // StudyRules has told of the others.
                config.Folds.DefaultIfEmpty(0).Max(),
                config.Seeds.FirstOrDefault(1),
                errors);
            if (errors.Has("base") || errors.Has("models"))
            {
                continue; // There is no run to check.
            }

            MapNode changes = study.Changes(system, errors);
            StudyRules.CheckChanges(system, changes, errors);
            StudyRules.Check(config, run, map, both, errors);
            StudyRules.CheckAlike(system, changes, run, first ??= run, map, errors);
        }

        errors.ThrowIfAny();
        return study;
    }

    /// <summary>The config of one run: base, model file, `set:`, what a search or an ablation changes, `--set`, then the matrix's values,
    /// each laid over those before.</summary>
    /// <param name="system">A model and what is changed of it.</param>
    /// <param name="labels">Label set.</param>
    /// <param name="fold">Fold, from 0.</param>
    /// <param name="seed">Seed.</param>
    /// <exception cref="InputException">One line for each mistake, such as a fold that the split does not have.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public RunConfig Resolve(StudySystem system, string labels, int fold, int seed)
    {
        ConfigErrors errors = new();
        RunConfig run = Resolve(system, labels, fold, seed, errors);
        errors.ThrowIfAny();
        return run;
    }

    private RunConfig Resolve(StudySystem system, string labels, int fold, int seed, ConfigErrors errors)
    {
        string basis = ConfigLayers.Beside(File, Config.Base), file = ConfigLayers.Beside(File, system.File);
        foreach ((string path, string key) in new[] { (basis, "base"), (file, "models") })
        {
            if (!System.IO.File.Exists(path))
            {
                errors.Add(_study.Find(key) ?? File, key, $"no such file: {path}");
            }
        }

        if (errors.Has("base") || errors.Has("models"))
        {
            return new RunConfig();
        }

        MapNode matrix = Entry("data", Entry("labels", Text("labels", labels)))
            .Lay(Entry("split", Entry("fold", Text("folds", fold.ToString()))))
            .Lay(Entry("seed", Text("seeds", seed.ToString())));
        MapNode[] changes = [_set, Changes(system, errors), _overrides];
        MapNode layers = changes.Aggregate(Load(basis, file, errors), ConfigLayers.Lay).Lay(matrix);
        return ConfigReader.Bind(layers, errors, toTrain: true);
    }

    /// <summary>What a search or an ablation changes of a model; errors point to the place in the study that says so.</summary>
    private MapNode Changes(StudySystem system, ConfigErrors errors) =>
        ConfigLayers.Overrides(system.Set, errors, _study.Find(Config.Search is null ? "variants" : "search.space") ?? File);

    private MapNode Load(string basis, string file, ConfigErrors errors)
    {
        if (!_files.TryGetValue(file, out MapNode? map))
        {
            // The files that a model file's own `base` names count as part of it: all of them lie over the study's base.
            _files[file] = map = ConfigLayers.Lay(ConfigLayers.Load([basis], errors), ConfigLayers.Load([file], errors));
        }

        return map;
    }

    private TextNode Text(string key, string text) => new(_study.Find(key) ?? File, text, Quoted: true);

    private static MapNode Entry(string key, ConfigNode value) => new(value.Where, new Dictionary<string, ConfigNode> { [key] = value });

    private static MapNode Section(MapNode map, ConfigErrors errors)
    {
        ConfigNode? set = map.Entries.GetValueOrDefault(OfRuns);
        if (set is not (null or MapNode or TextNode { IsNull: true }))
        {
            errors.Add(set.Where, OfRuns, "expected a piece of run config, such as `set: {train: {epochs: 8}}`");
        }

        return set as MapNode ?? new MapNode(map.Where, new Dictionary<string, ConfigNode>());
    }
}
