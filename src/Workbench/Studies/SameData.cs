using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Training;

namespace SpeechEmotion.Studies;

/// <summary>Runs that are pooled must be of the same sound: machines of a cluster may hold other files under the same names.</summary>
internal static class SameData
{
    /// <summary>Refuses runs of one <see cref="Key"/> whose data differ.</summary>
    /// <param name="runs">Finished runs.</param>
    /// <exception cref="InputException">Two runs differ; both are named.</exception>
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

    /// <summary>What runs have alike that use the same sound. Where further labels are taught, whose clips join is
    /// up to who is tested.</summary>
    public static object Key(RunConfig run)
    {
        bool further = run.Train.Labels is not null;
        return (run.Data.Labels, run.Train.Labels, further ? run.Split : null, further ? run.Seed : 0);
    }
}
