using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Labels;
using SpeechEmotion.Splits;
using SpeechEmotion.Training;

namespace SpeechEmotion.Studies;

/// <summary>Scores the test clips of a finished run again, under each condition of its study.</summary>
internal static class ConditionScores
{
    /// <summary>Writes the predictions that are missing, and the facts of what they were scored with.</summary>
    /// <param name="run">A finished run with its weights.</param>
    /// <param name="data">The speech data.</param>
    /// <param name="listener">Receives progress and messages.</param>
    /// <param name="stop">Ends the work between two conditions; finished conditions are kept.</param>
    /// <exception cref="InputException">The run's weights or split cannot be read, the data lack a test clip, or the label set has changed
    /// since.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static void Write(StudyRun run, SpeechData data, IRunListener listener, CancellationToken stop)
    {
        Condition[] missing = [.. run.Unscored];
        if (missing.Length == 0)
        {
            return;
        }

        LabelSet labels = LabelSets.Load(run.Config.Data.Labels);
        (IReadOnlyList<Utterance> all, IReadOnlyDictionary<string, int> classes) = data.Select(labels);
        Dictionary<string, Utterance> byKey = all.ToDictionary(u => u.Key);
        Utterance[] clips =
        [
            .. SplitFile.ReadKeys(run.Folder.Split).Test.Select(key => byKey.GetValueOrDefault(key)
                ?? throw new InputException(
                    $"{run.Folder.Path}: was tested on {key}, which {data.Manifest.Root} does not hold; "
                    + "give the data that the study was begun on with --data")),
        ];
        using TrainedModel model = new(run.Folder.Best, labels, run.Config);
        ConditionFacts? before = File.Exists(run.Folder.ConditionEnvironment)
            ? FactsFile.Read<ConditionFacts>(run.Folder.ConditionEnvironment)
            : null;
        ConditionFacts facts = new(
            Joined(before?.Commit, Provenance.Commit),
            Joined(before?.Device, model.DeviceName),
            Joined(before?.Machine, Provenance.Machine),
            Provenance.Versions);
        foreach (Condition condition in missing)
        {
            stop.ThrowIfCancellationRequested();
            IReadOnlyList<Prediction> rows = model.Score(data, clips, classes, condition.Alteration, listener);
            FactsFile.Write(run.Folder.ConditionEnvironment, facts);
            PredictionsFile.Write(run.Folder.Condition(condition), labels.Classes, rows);
        }
    }

    /// <summary>Adds to a list; conditions may have been scored at several times and places.</summary>
    private static string Joined(string? before, string now) => string.Join("; ", (before?.Split("; ") ?? []).Union([now]));
}
