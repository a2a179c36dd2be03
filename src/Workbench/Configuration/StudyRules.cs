using SpeechEmotion.Labels;

namespace SpeechEmotion.Configuration;

/// <summary>What must hold between the keys of a study.</summary>
internal static class StudyRules
{
    /// <summary>Adds an error for each broken rule about the study's own keys, apart from its runs; true where none is broken.</summary>
    public static bool Check(StudyConfig study, MapNode map, ConfigErrors errors)
    {
        bool sound = true;
        HashSet<string> broken = [];
        Rule(study.Labels.Count > 0, "labels", "name at least one label set, such as `labels: [four]`");
        Rule(study.Labels.DistinctBy(LabelSets.NameOf).Count() == study.Labels.Count,
            "labels", "each set once, and files of label sets need names of their own");
        foreach (string reason in study.Labels.Select(LabelSets.WhyNone).OfType<string>())
        {
            Rule(false, "labels", reason);
        }

        Rule(study.Models.DistinctBy(Path.GetFileNameWithoutExtension).Count() == study.Models.Count,
            "models", "each name once: a model's file names its runs");
        Rule(study.Folds.Distinct().Count() == study.Folds.Count, "folds", "each once");
        Rule(study.Seeds.Count > 0, "seeds", "give at least one, such as `seeds: [1]`");
        Rule(study.Seeds.Distinct().Count() == study.Seeds.Count, "seeds", "each once");
        Rule(study.Search is null || study.Variants.Count == 0, "variants", "a study searches or has variants, not both");
        bool named = study.Variants.Select(v => v.Name).Distinct().Count() == study.Variants.Count
            && study.Variants.All(v => v.Name.Length > 0);
        Rule(named, "variants", "each needs a name of its own");
        CheckConditions(study, Rule);
        if (study.Search is SearchOptions search)
        {
            HashSet<string> models = [.. study.Models.Select(file => Path.GetFileNameWithoutExtension(file)!)];
            Rule(search.Space.Count > 0,
                "search.space", "name at least one key, such as `{key: train.learning_rate, values: [0.001, 0.002]}`");
            foreach (SearchAxis axis in search.Space)
            {
                Rule(axis.Key.Length > 0 && axis.Values.Count > 0, "search.space", $"'{axis.Key}' needs a key and at least one value");
                foreach (string model in axis.Models.Where(model => !models.Contains(model)))
                {
                    Rule(false, "search.space", $"{axis.Key}: the study has no model '{model}'{Nearest.Hint(model, models)}");
                }
            }

            foreach (string model in models)
            {
                Rule(search.Points > 0 || search.Grid(model) <= 1000,
                    "search.points", "the whole grid has more than 1,000 points; give a number of points");
            }
        }

        if (sound) // Otherwise there may be far too many systems to list.
        {
            string? twice = StudySystem.Of(study).GroupBy(system => system.Name).FirstOrDefault(same => same.Count() > 1)?.Key;
            Rule(twice is null, "variants", $"'{twice}' names two of them, each with another model; rename one");
        }

        return sound;

        void Rule(bool holds, string key, string reason)
        {
            sound &= holds;

            // A key with another mistake has a default's value here; one with several broken rules is told of each.
            if (!holds && (broken.Contains(key) || !errors.Has(key)))
            {
                broken.Add(key);
                errors.Add(map.Find(key) ?? map.Where, key, reason);
            }
        }
    }

    private static void CheckConditions(StudyConfig study, Action<bool, string, string> rule)
    {
        const string Key = "conditions";
        bool named = study.Conditions.Select(c => c.Name).Distinct().Count() == study.Conditions.Count
            && study.Conditions.All(c => c.Name.Length > 0);
        rule(named, Key, "each needs a name of its own");
        Dictionary<string, string> names = [];
        foreach (ConditionOptions condition in study.Conditions)
        {
            try
            {
                string alteration = Alteration.Read(condition.Alter, "alter").Name;
                rule(names.TryAdd(alteration, condition.Name),
                    Key, $"'{condition.Name}' alters as '{names[alteration]}' does ({alteration}); leave one out");
            }
            catch (InputException e)
            {
                foreach (string line in e.Message.Split('\n'))
                {
                    rule(false, Key, $"'{condition.Name}': {line}");
                }
            }
        }
    }

    /// <summary>Adds an error where a search or an ablation changes a key that the matrix sets, since the matrix would override
    /// it.</summary>
    public static void CheckChanges(StudySystem system, MapNode changes, ConfigErrors errors)
    {
        foreach ((string key, string source) in Study.Matrix.Where(entry => changes.Holds(entry.Key)))
        {
            errors.Add(changes.Find(key)!, key, $"'{system.Name}' cannot change it: a study's runs take it from `{source}`");
        }
    }

    /// <summary>Adds an error where a run of a search or an ablation would look at the test side, or where the conditions cannot be applied
    /// to the runs.</summary>
    public static void Check(StudyConfig study, RunConfig run, MapNode map, MapNode set, ConfigErrors errors)
    {
        if ((study.Search is not null || study.Variants.Count > 0) && run.Split.Scored != "validation" && !errors.Has("split.scored"))
        {
            errors.Add(
                set.Find("split.scored") ?? map.Find(Study.OfRuns) ?? map.Where, "split.scored",
                "settings are chosen without the test side; set `split: {scored: validation}`");
        }

        string? unfit = run.Split.Scored != "test" ? $"they are of the test side, and these runs score {run.Split.Scored} (split.scored)"
            : run.Data.Table is not null ? "they alter sound, and a feature table (data.table) has none"
            : run.Train.Normalise == "speaker" && run.Split.Kind == "random"
                ? "clips that a speaker has on other sides too normalise the test side (train.normalise), and are not altered"
            : null;
        if (study.Conditions.Count > 0 && unfit is not null && !errors.Has("conditions"))
        {
            errors.Add(map.Find("conditions") ?? map.Where, "conditions", unfit);
        }
    }

    /// <summary>Adds an error where a run would use other data or another split than the study's first: a study opens its data once, one
    /// report describes it, and models are compared on the same clips.</summary>
    public static void CheckAlike(
        StudySystem system, MapNode changes, RunConfig run, RunConfig first, MapNode map, ConfigErrors errors)
    {
        // Where the test side is scored, each model may have its own share of validation. Where validation is scored it may not: scores
        // would be of other speakers, and what a search has chosen is stored without its split.
        SplitOptions split = first.Split.Scored == "validation" ? run.Split : run.Split with { Validation = first.Split.Validation };
        Alike(run.Data with { Corpora = first.Data.Corpora } == first.Data && run.Data.Corpora.SequenceEqual(first.Data.Corpora),
            "data", "other data than the runs before it");
        Alike(split == first.Split, "split", "another split than the runs before it, so they do not compare");

        void Alike(bool same, string key, string what)
        {
            if (!same && !errors.Has(key))
            {
                errors.Add(
                    changes.Find(key) ?? map.Find("models") ?? map.Where, key,
                    $"'{system.Name}' asks for {what}; set `{key}` for all runs (`set:`), or make it a study of its own");
            }
        }
    }
}
