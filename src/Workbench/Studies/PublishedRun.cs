using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Training;

namespace SpeechEmotion.Studies;

/// <summary>Copies the files that a run's figures are computed from, to commit or send; no weights.</summary>
internal static class PublishedRun
{
    /// <summary>Copies a run's files, with predictions compressed by gzip. Each file of an earlier copy stays until the new one is
    /// whole.</summary>
    /// <param name="run">A finished run.</param>
    /// <param name="to">The target folder; created if it is missing.</param>
    /// <param name="conditions">The conditions of its study.</param>
    public static void Write(RunFolder run, RunFolder to, IReadOnlyList<Condition> conditions)
    {
        HashSet<string> written = [];

        // A run that came from a published study is compressed, a run of an old study may lack the validation predictions, and a run whose
        // weights are gone may lack a condition.
        IEnumerable<(string From, string There)> predictions = conditions.Select(c => (run.Condition(c), to.Condition(c)))
            .Prepend((run.Validation, to.Validation))
            .Prepend((run.Predictions, to.Predictions));
        foreach ((string from, string there) in predictions)
        {
            if (CsvTable.Stored(from) is string file)
            {
                PredictionTable table = PredictionsFile.Read(file);
                PredictionsFile.Write(there + ".gz", table.Classes, table.Rows);
                File.Delete(there); // It would be read in place of the compressed one.
                written.Add(there + ".gz");
            }
        }

        bool altered = written.Any(file => Path.GetDirectoryName(file) == to.Conditions);
        if (altered && File.Exists(run.ConditionEnvironment))
        {
            Copy(run.ConditionEnvironment, to.ConditionEnvironment);
            written.Add(to.ConditionEnvironment);
        }

        foreach ((string from, string there) in new[]
        {
            (run.History, to.History), (run.Environment, to.Environment), (run.Config, to.Config), (run.Metrics, to.Metrics),
        })
        {
            Copy(from, there);
        }

        // Conditions that the study no longer has must not be reported there.
        foreach (string stale in Directory.Exists(to.Conditions) ? Directory.GetFiles(to.Conditions).Except(written) : [])
        {
            File.Delete(stale);
        }
    }

    private static void Copy(string from, string to)
    {
        using FileStream source = File.OpenRead(from);
        AtomicFile.Write(to, source.CopyTo);
    }
}
