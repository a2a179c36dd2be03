using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Labels;
using SpeechEmotion.Splits;
using SpeechEmotion.Training;

namespace SpeechEmotion.Studies;

/// <summary>Hears the test clips of a finished run once more under each condition of its study.</summary>
internal static class ConditionScores
{
    /// <summary>Writes the predictions that are missing.</summary>
    /// <param name="run">A finished run with its weights.</param>
    /// <param name="data">The sound.</param>
    /// <param name="listener">Hears how it goes.</param>
    /// <param name="stop">Ends the work between two conditions; what is written is kept.</param>
    /// <exception cref="InputException">Its weights or its split cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static void Write(StudyRun run, SpeechData data, IRunListener listener, CancellationToken stop)
    {
        Alteration[] missing = [.. run.Unheard];
        if (missing.Length == 0)
        {
            return;
        }

        (IReadOnlyList<Utterance> all, IReadOnlyDictionary<string, int> classes) = data.Select(LabelSets.Load(run.Config.Data.Labels));
        Dictionary<string, Utterance> byKey = all.ToDictionary(u => u.Key);
        Utterance[] clips = [.. SplitFile.ReadKeys(run.Folder.Split).Test.Select(key => byKey[key])];
        using TrainedModel model = new(run.Folder.Best, run.Config);
        foreach (Alteration alteration in missing)
        {
            stop.ThrowIfCancellationRequested();
            PredictionsFile.Write(run.Folder.Condition(alteration), model.Card.Classes, model.Score(data, clips, classes, alteration, listener));
        }
    }
}
