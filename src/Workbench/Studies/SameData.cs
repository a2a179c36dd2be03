using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Training;

namespace SpeechEmotion.Studies;

/// <summary>Checks that runs to be pooled used the same audio: machines of a cluster may hold different files under the same
/// names.</summary>
internal static class SameData
{
    /// <summary>Throws if runs with the same <see cref="Key"/> used different data.</summary>
    /// <param name="runs">Finished runs.</param>
    /// <exception cref="InputException">The data of two runs differ; the message names both.</exception>
    public static void Require(IEnumerable<(RunFolder Folder, RunFacts Facts)> runs)
    {
        foreach (var alike in runs.Where(run => File.Exists(run.Folder.Config))
            .GroupBy(run => Key(ConfigReader.ReadRun([run.Folder.Config], []))))
        {
            (RunFolder Folder, RunFacts Facts)[] all = [.. alike];
            if (all.FirstOrDefault(run => run.Facts.DataHash != all[0].Facts.DataHash) is { Folder: RunFolder other })
            {
                throw new InputException(
                    $"{other.Path}: was made from other clips (data_hash in its environment.json) than {all[0].Folder.Path}, "
                    + "so the two are not of one study; remove the wrong one, and `ser compare` does it anew");
            }
        }
    }

    /// <summary>A key that is equal for runs that use the same audio. If further labels are taught (train.labels), the clips that join
    /// training depend on who is tested, so the key then includes split and seed.</summary>
    public static object Key(RunConfig run)
    {
        bool further = run.Train.Labels is not null;
        return (run.Data.Labels, run.Train.Labels, further ? run.Split : null, further ? run.Seed : 0);
    }
}
