using System.Text.RegularExpressions;
using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Training;

namespace SpeechEmotion.Studies;

/// <summary>A run in a study's folder, finished or not, identified by its folder's name: LABELS/MODEL/foldF-seedS.</summary>
internal sealed partial record FoundRun(string Labels, string Model, int Fold, int Seed, RunFolder Folder)
{
    /// <summary>As <see cref="RunResult.Key"/>.</summary>
    public string Key => RunResult.KeyOf(Labels, Model, Fold, Seed);

    /// <summary>The runs below a study's folder, in a fixed order.</summary>
    public static IEnumerable<FoundRun> Below(string study) =>
        from folder in Directory.EnumerateDirectories(study, "fold*-seed*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let name = Name().Match(Path.GetRelativePath(study, folder))
        let seed = int.TryParse(name.Groups["seed"].Value, out int number) ? number : -1
        where name.Success && seed >= 0
        select new FoundRun(
            name.Groups["labels"].Value, name.Groups["model"].Value,
            int.Parse(name.Groups["fold"].Value), seed, new RunFolder(folder));

    /// <summary>Reads the run, which must be finished.</summary>
    public RunResult Read(IReadOnlyList<Condition>? conditions = null) => Folder.Read(Model, Labels, Fold, Seed, conditions);

    [GeneratedRegex("^(?<labels>[^/]+)/(?<model>[^/]+)/fold(?<fold>[0-9]{1,2})-seed(?<seed>[0-9]{1,10})$")]
    private static partial Regex Name();
}
