namespace SpeechEmotion.Configuration;

/// <summary>A row of a study's matrix: a model file, and what a search or an ablation changes in it.</summary>
/// <param name="File">An entry of <see cref="StudyConfig.Models"/>.</param>
/// <param name="Name">Name to show: the model file's without its extension, then a dash and the variant's or search point's, if
/// any.</param>
/// <param name="Set">`KEY=VALUE` each, laid over the study's `set:`; empty where nothing is changed.</param>
public sealed record StudySystem(string File, string Name, IReadOnlyList<string> Set)
{
    /// <summary>The model file's name without its ending.</summary>
    public string Model => Path.GetFileNameWithoutExtension(File);

    /// <summary>All systems of a study: its models, each at every point of the search or with every variant where it has any.</summary>
    /// <param name="study">The study.</param>
    public static IReadOnlyList<StudySystem> Of(StudyConfig study) =>
    [
        .. from file in study.Models
           let model = Path.GetFileNameWithoutExtension(file)
           from variant in study.Search is SearchOptions search
               ? Points(search, model)
               : study.Variants.Select(v => (v.Name, v.Set)).DefaultIfEmpty(("", []))
           select new StudySystem(file, variant.Item1.Length > 0 ? $"{model}-{variant.Item1}" : model, variant.Item2),
    ];

    /// <summary>The search's points of a model, named p00, p01, ….</summary>
    private static IEnumerable<(string Name, IReadOnlyList<string> Set)> Points(SearchOptions search, string model)
    {
        SearchAxis[] axes = [.. search.AxesOf(model)];
        long grid = search.Grid(model);
        Random random = new(Seeds.Of(search.Seed, $"search {model}"));
        List<long> points = search.Points == 0 || search.Points >= grid ? [.. Enumerable.Range(0, (int)grid)] : [0];
        while (points.Count < Math.Min(search.Points, grid))
        {
            long drawn = random.NextInt64(grid);
            if (!points.Contains(drawn))
            {
                points.Add(drawn);
            }
        }

        return points.Select((point, i) => ($"p{i:00}", (IReadOnlyList<string>)[.. axes.Select(axis => Value(axis, ref point))]));
    }

    /// <summary>The `KEY=VALUE` of one axis. A point of the grid is a mixed-radix number whose digits are indices into the axes' values;
    /// this takes the lowest digit off <paramref name="point"/>.</summary>
    private static string Value(SearchAxis axis, ref long point)
    {
        (point, long place) = Math.DivRem(point, axis.Values.Count);
        return $"{axis.Key}={axis.Values[(int)place]}";
    }
}
