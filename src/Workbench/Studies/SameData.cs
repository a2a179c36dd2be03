using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Training;

namespace SpeechEmotion.Studies;

/// <summary>Checks that runs to be pooled used the same audio, classes and settings: machines of a cluster may hold different files under
/// the same names, a label file may be edited between two calls, and a task of a cluster reads the study only when it starts.</summary>
internal static class SameData
{
    /// <summary>Throws if runs with the same <see cref="Key"/> used different data, or if runs of one label set differ in what a clip's
    /// class is, or runs of one model and label set in more than fold and seed (and what <see cref="ConfigHash"/> leaves out).</summary>
    /// <param name="folders">Folders of finished runs.</param>
    /// <param name="configs">Their configs, in the same order.</param>
    /// <param name="runs">The runs as read, in the same order.</param>
    /// <exception cref="InputException">The data or the settings of two runs differ; the message names both.</exception>
    public static void Require(IReadOnlyList<RunFolder> folders, IReadOnlyList<RunConfig> configs, IReadOnlyList<RunResult> runs)
    {
        Dictionary<object, int> first = [];
        Dictionary<(string Labels, string Model), int> models = [];
        Dictionary<(string Labels, string Clip), (string Class, int Run)> truths = [];
        for (int i = 0; i < runs.Count; i++)
        {
            object key = Key(configs[i]);
            if (!first.TryAdd(key, i) && runs[first[key]].Facts.DataHash != runs[i].Facts.DataHash)
            {
                throw Other(i, first[key], "was made from other clips (data_hash in its environment.json)");
            }

            (string, string) model = (runs[i].Labels, runs[i].Model);
            if (!models.TryAdd(model, i)
                && ConfigHash.Differences(Alike(configs[i]), Alike(configs[models[model]])) is { Count: > 0 } other)
            {
                throw Other(i, models[model], $"was made with other settings ({string.Join(", ", other.Take(3))}; see its config.yaml)");
            }

            foreach (Prediction row in runs[i].Predictions)
            {
                (string, string) clip = (runs[i].Labels, row.Key);
                string own = runs[i].Classes[row.Truth];
                if (!truths.TryAdd(clip, (own, i)) && truths[clip].Class != own)
                {
                    throw Other(i, truths[clip].Run,
                        $"{OtherLabels(clip.Item1)} ({row.Key} is {own} and was {truths[clip].Class})");
                }
            }

            // Of clips that only train no prediction tells.
            RunResult alike = runs[first[key]];
            if (runs[i].Facts.ClassHash is string classes && alike.Facts.ClassHash is string others && classes != others)
            {
                throw Other(i, first[key], OtherLabels(runs[i].Labels) + " (class_hash in its environment.json)");
            }
        }

        InputException Other(int run, int than, string fault) => new(
            $"{folders[run].Path}: {fault} than {folders[than].Path}, "
            + "so the two are not of one study; remove the wrong one, and `ser compare` does it anew");
    }

    /// <summary>What is wrong with a run whose clips have other classes.</summary>
    public static string OtherLabels(string labels) => $"was made with another version of label set '{labels}' or of a corpus.csv";

    private static RunConfig Alike(RunConfig run) => run with { Seed = 1, Split = run.Split with { Fold = 0 } };

    /// <summary>A key that is equal for runs that use the same audio. If further labels are taught (train.labels), the clips that join
    /// training depend on who is tested, so the key then includes split and seed.</summary>
    public static object Key(RunConfig run)
    {
        bool further = run.Train.Labels is not null;
        return (run.Data.Labels, run.Train.Labels, further ? run.Split : null, further ? run.Seed : 0);
    }
}
