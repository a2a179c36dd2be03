namespace SpeechEmotion.Configuration;

/// <summary>Handles the keys that `--set` gives for all runs of a search or an ablation. They override the runs' own changes, so a
/// report's rows would otherwise name values that no run had.</summary>
internal static class GivenKeys
{
    /// <summary>Drops the axes of a search whose keys are all given. Adds an error where a given key would override a variant's change or
    /// only part of an axis, or where no axis is left.</summary>
    /// <param name="study">The study as its file has it.</param>
    /// <param name="given">What `--set` gives.</param>
    /// <param name="errors">Takes a line for each conflict.</param>
    public static StudyConfig Apply(StudyConfig study, MapNode given, ConfigErrors errors)
    {
        HashSet<string> keys = [.. given.Leaves()];
        foreach (VariantOptions variant in study.Variants)
        {
            foreach (string key in Changed(variant.Set).Where(keys.Contains))
            {
                errors.Add(given.Find(key)!, key, $"variant '{variant.Name}' changes it; leave it out, or give other `variants`");
            }
        }

        if (study.Search is not SearchOptions search)
        {
            return study;
        }

        List<SearchAxis> free = [];
        foreach (SearchAxis axis in search.Space)
        {
            string[] changed = [.. Changed(axis.Values.Select(value => $"{axis.Key}={value}"))];
            string[] undone = [.. changed.Where(keys.Contains)];
            bool partly = undone.Length > 0 && undone.Length < changed.Length;
            if (partly || undone.Length == 0)
            {
                free.Add(axis);
            }

            if (partly)
            {
                string key = undone[0];
                errors.Add(given.Find(key)!, key, $"`search.space` varies it together with others ({axis.Key}); give all of them, or none");
            }
        }

        if (free.Count == 0 && search.Space.Count > 0)
        {
            errors.Add(given.Where, "search.space", "every key of it is given a value, so nothing is left to search");
        }

        return study with { Search = search with { Space = free } };
    }

    /// <summary>The keys that changes set. Mistakes in the changes are not reported here but where they are read.</summary>
    private static IEnumerable<string> Changed(IEnumerable<string> changes) =>
        ConfigLayers.Overrides(changes, new ConfigErrors()).Leaves();
}
