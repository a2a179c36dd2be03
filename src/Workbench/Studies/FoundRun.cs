using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Training;

namespace SpeechEmotion.Studies;

/// <summary>A run in a study's folder, finished or not, identified by its folder's name.</summary>
internal sealed record FoundRun(RunKey Key, RunFolder Folder)
{
    /// <summary>The runs below a study's folder, in a fixed order.</summary>
    public static IEnumerable<FoundRun> Below(string study) =>
        from folder in Directory.EnumerateDirectories(study, "fold*-seed*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let key = RunKey.Parse(Path.GetRelativePath(study, folder))
        where key is not null
        select new FoundRun(key.Value, new RunFolder(folder));

    /// <summary>Reads the run, which must be finished.</summary>
    public RunResult Read(IReadOnlyList<Condition>? conditions = null) => Folder.Read(Key, conditions);
}
