using System.Diagnostics;
using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Labels;
using SpeechEmotion.Training;

namespace SpeechEmotion.Studies;

/// <summary>Does the runs of a study that are not done. Several processes may work on one study: each takes only runs that no other process
/// has locked.</summary>
/// <param name="data">The speech data.</param>
/// <param name="listener">Receives progress and messages.</param>
public sealed class StudyRunner(SpeechData data, IRunListener listener)
{
    /// <summary>How often a process that finds no run to take checks whether the other processes are done.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Computes the features of the runs that are not done, but for altered copies, so that they are in the cache. First makes
    /// the splits, so that a mistake is told once, and not by every process that meets it.</summary>
    /// <param name="runs">The study's runs.</param>
    /// <exception cref="InputException">A run's config and data do not fit together.</exception>
    public void PrepareFeatures(IReadOnlyList<StudyRun> runs)
    {
        Runner runner = new(data, listener);
        RunConfig[] due = [.. runs.Where(run => !run.Done).Select(run => run.Config)];
        foreach (RunConfig config in due.DistinctBy(c => (c.Data.Labels, c.Train.Labels, c.Split, c.Seed)))
        {
            runner.RequireSplit(config);
        }

        foreach (RunConfig config in due.DistinctBy(c => (c.Data.Labels, c.Train.Labels, c.Features)))
        {
            LabelSet taught = LabelSets.Taught(LabelSets.Load(config.Data.Labels), config);
            data.Prepare(data.Select(taught).Utterances, config.Features, Devices.Open(config), listener);
        }
    }

    /// <summary>Throws if finished runs used data other than the current ones, or another version of their label set: new runs must not be
    /// pooled with them.</summary>
    /// <param name="finished">All finished runs of the study, whatever their folds and seeds.</param>
    /// <exception cref="InputException">The data or the classes of a finished run are not the current ones.</exception>
    public void RefuseOtherData(IEnumerable<StudyRun> finished)
    {
        finished = [.. finished];
        foreach (var alike in finished.GroupBy(run => run.Config.Data.Labels))
        {
            LabelSet labels = LabelSets.Load(alike.Key);
            IReadOnlyDictionary<string, int> classes = data.Select(labels).Classes;
            foreach (StudyRun run in alike.DistinctBy(run => run.Key.Fold)) // The report compares all of them with one another.
            {
                PredictionTable table = PredictionsFile.Read(run.Folder.Predictions);
                if (!table.Classes.SequenceEqual(labels.Classes)
                    || table.Rows.Any(row => classes.TryGetValue(row.Key, out int now) && now != row.Truth))
                {
                    throw OtherLabels(run);
                }
            }
        }

        // Hundreds of runs share few sets of clips, so each set is hashed once.
        foreach (var alike in finished.GroupBy(run => SameData.Key(run.Config)))
        {
            (string clips, string classes) = new Runner(data, listener).Hashes(alike.First().Config);
            foreach (StudyRun run in alike)
            {
                RunFacts facts = FactsFile.Read<RunFacts>(run.Folder.Environment);
                if (facts.DataHash != clips)
                {
                    throw new InputException(
                        $"{run.Folder.Path}: was made from other clips (data_hash in its environment.json) "
                        + $"than {data.Manifest.Root} holds now ({clips[..12]}…), or by a label set that took others; "
                        + "give the data that the study was begun on with --data, or another folder with --out");
                }

                if (facts.ClassHash is string was && was != classes)
                {
                    throw OtherLabels(run); // Of clips that only train: predictions do not tell.
                }
            }
        }

        static InputException OtherLabels(StudyRun run) => new(
            $"{run.Folder.Path}: {SameData.OtherLabels(run.Config.Data.Labels)}; undo the change, or give another folder with --out");
    }

    /// <summary>Does the missing runs, and returns when every run is done, by this process or another, or has failed since the call
    /// began.</summary>
    /// <param name="runs">The study's runs, in order.</param>
    /// <param name="began">When the call began (UTC), of which this process may be one of several: a run that one of them has seen fail
    /// since is not tried again by another.</param>
    /// <param name="stop">Ends the work between two steps; finished runs and epochs are kept.</param>
    /// <returns>False if a run has failed, for example because its loss became NaN: its folder keeps the message, and the other runs are
    /// done.</returns>
    /// <exception cref="InputException">A run's config and data do not fit together.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public bool Run(IReadOnlyList<StudyRun> runs, DateTime began, CancellationToken stop)
    {
        HashSet<RunKey> failed = [];
        while (true)
        {
            bool worked = false;
            for (int i = 0; i < runs.Count; i++)
            {
                stop.ThrowIfCancellationRequested();
                try
                {
                    worked |= !Failed(runs[i]) && TryRun(runs[i], $"[{i + 1}/{runs.Count}] ", stop);
                }
                catch (RunFailedException e)
                {
                    failed.Add(runs[i].Key);
                    listener.Say($"failed: {e.Message}");
                }
            }

            if (runs.All(r => r.Done || Failed(r)))
            {
                return runs.All(r => r.Done); // A run that failed here may have been completed by another process.
            }

            if (!worked)
            {
                stop.WaitHandle.WaitOne(Look);
            }
        }

        // Failed in this process, or in another one of the call.
        bool Failed(StudyRun run) => failed.Contains(run.Key)
            || (File.GetLastWriteTimeUtc(run.Folder.Failure) > began && failed.Add(run.Key));
    }

    /// <summary>Does one run, or the conditions that it lacks, unless it is done or another process has locked it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="number">As in <see cref="RunMark"/>.</param>
    /// <param name="stop">Ends the work between two steps; finished epochs are kept.</param>
    /// <returns>True if this process did the work.</returns>
    /// <exception cref="RunFailedException">The run has failed; its folder keeps the message.</exception>
    public bool TryRun(StudyRun run, string number, CancellationToken stop)
    {
        if (run.Done)
        {
            return false;
        }

        using IDisposable? held = run.Folder.TryLock();
        if (held is null || run.Done)
        {
            return false;
        }

        Stopwatch clock = Stopwatch.StartNew();
        listener.Run = new RunMark(number, run.Folder.Log);
        try
        {
            listener.Say(run.Key.Name);
            File.Delete(run.Folder.Failure);
            if (!run.Folder.Finished)
            {
                new Runner(data, listener).Run(run.Config, run.Folder, resume: true, stop);
            }

            TorchError.FailsRun(run.Folder.Path, () => ConditionScores.Write(run, data, listener, stop));
            RunResult result = run.Folder.Read(run.Key);
            double uar = Metrics.Compute(result.Predictions, result.Classes).Uar;
            listener.Say($"{run.Key.Name}: {run.Config.Split.Scored} UAR {100 * uar:f1} %, {clock.Elapsed.TotalSeconds:f0} s");
            return true;
        }
        catch (RunFailedException e)
        {
            // The report shows this message.
            AtomicFile.WriteText(run.Folder.Failure, e.Message.Replace(run.Folder.Path + ": ", "", StringComparison.Ordinal));
            throw;
        }
        finally
        {
            listener.Run = null;
        }
    }
}
