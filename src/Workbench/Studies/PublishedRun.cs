using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Training;

namespace SpeechEmotion.Studies;

/// <summary>What the figures of a run rest on, to commit or send: no weights.</summary>
internal static class PublishedRun
{
    /// <summary>Copies it, with predictions packed.</summary>
    /// <param name="run">A finished run.</param>
    /// <param name="to">Where it goes; made where it is missing.</param>
    /// <param name="conditions">The conditions of its study.</param>
    public static void Write(RunFolder run, RunFolder to, IReadOnlyList<Condition> conditions)
    {
        Directory.CreateDirectory(to.Path);
        if (Directory.Exists(to.Conditions))
        {
            Directory.Delete(to.Conditions, recursive: true); // What the study has no more must not be reported there.
        }

        // A run that was taken from a published study is packed, one of an old study may lack the validation side, and one
        // whose weights are gone a condition.
        IEnumerable<(string From, string There)> predictions = conditions.Select(c => (run.Condition(c), to.Condition(c)))
            .Prepend((run.Validation, to.Validation))
            .Prepend((run.Predictions, to.Predictions));
        foreach ((string from, string there) in predictions)
        {
            if (RunFolder.Stored(from) is string file)
            {
                PredictionTable table = PredictionsFile.Read(file);
                PredictionsFile.Write(there + ".gz", table.Classes, table.Rows);
                File.Delete(there); // It would be read in place of the packed one.
            }
        }

        foreach ((string from, string there) in new[]
        {
            (run.History, to.History), (run.Environment, to.Environment), (run.Config, to.Config), (run.Metrics, to.Metrics),
        })
        {
            File.Copy(from, there, overwrite: true);
        }

        if (Directory.Exists(to.Conditions) && File.Exists(run.ConditionEnvironment))
        {
            File.Copy(run.ConditionEnvironment, to.ConditionEnvironment, overwrite: true);
        }
    }
}
