using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Labels;
using SpeechEmotion.Reporting;
using SpeechEmotion.Training;

namespace SpeechEmotion.Studies;

/// <summary>The folder of a study: its runs, and study.json, which holds what a report needs besides the runs.</summary>
/// <param name="Path">The folder.</param>
public sealed record StudyFolder(string Path)
{
    private string File => System.IO.Path.Combine(Path, "study.json");

    private string VotesFile => System.IO.Path.Combine(Path, "listeners.csv");

    /// <summary>True where the folder holds a study.</summary>
    public bool Exists => System.IO.File.Exists(File);

    /// <summary>Writes study.json. Runs of other calls that this call does not ask for stay in it, with their models, label sets and
    /// commands, if they are finished, failed or queued: the report includes them too.</summary>
    /// <param name="study">The study.</param>
    /// <param name="notes">What the study's report says besides the figures.</param>
    /// <param name="queued">Runs that are queued or running on a cluster.</param>
    /// <exception cref="InputException">The folder holds runs of settings that have other names here.</exception>
    public void Describe(StudyConfig study, StudyNotes notes, IReadOnlyCollection<RunKey>? queued = null)
    {
        if (Exists && Read() is { Notes: { Runs: not null } before, Study: StudyConfig was }
            && before.Runs.Except(notes.Runs ?? [])
                .Intersect(Finished().Select(run => run.Key).Concat(Failed().Keys).Concat(queued ?? [])).ToArray() is { Length: > 0 } kept)
        {
            study = study with
            {
                Models = [.. was.Models.UnionBy(study.Models, System.IO.Path.GetFileNameWithoutExtension)],
                Labels = [.. was.Labels.UnionBy(study.Labels, LabelSets.NameOf)],
            };
            RequireSame(was, study, kept);
            notes = notes with
            {
                Runs = [.. kept, .. notes.Runs ?? []],
                Command = string.Join('\n', before.Command.Split('\n').Append(notes.Command).Distinct()),
            };
        }

        new StudyDescription(study, notes).Write(File);
    }

    /// <summary>Updates study.json once the runs of a call are done, if the call asks for runs that other calls did not, for all runs of
    /// several other calls at once, for other conditions, or under another name or question. The report then names the commands that
    /// repeat the whole study.</summary>
    /// <param name="study">The study as this call asks for it.</param>
    /// <param name="notes">What the report is to say; its note on the data is kept as it was.</param>
    /// <exception cref="InputException">No study here.</exception>
    public void Widen(StudyConfig study, StudyNotes notes)
    {
        (StudyConfig was, StudyNotes before) = Read();
        bool further = notes.Runs?.Except(before.Runs ?? []).Any() == true;
        bool covers = before.Command.Contains('\n') && before.Runs?.Except(notes.Runs ?? []).Any() == false;
        bool renamed = (study.Name, study.Question) != (was.Name, was.Question);
        if (further || covers || renamed || !study.ReadConditions().SequenceEqual(was.ReadConditions()))
        {
            Describe(study, notes with { DataNote = before.DataNote });
        }
    }

    /// <summary>Names the runs that are not finished; null where none is missing.</summary>
    /// <exception cref="InputException">No study here.</exception>
    public string? Missing() => (Read().Notes with { Failed = Failed() }).Missing(Finished().Select(run => run.Key));

    /// <summary>Writes the report from the predictions of the finished runs.</summary>
    /// <exception cref="InputException">No study here, or no finished run.</exception>
    public void Report()
    {
        StudyDescription description = Read();
        FoundRun[] finished = [.. Finished()]; // Listed once: more runs may finish meanwhile.
        IReadOnlyList<Condition> conditions = description.Study.ReadConditions();
        RunResult[] runs = [.. finished.Select(run => run.Read(conditions))];
        if (runs.Length == 0)
        {
            throw new InputException($"{Path}: no run of this study is finished yet; `ser compare` goes on with it");
        }

        RunConfig[] configs = [.. finished.Select(run => ConfigReader.ReadRun([run.Folder.Config], []))];
        SameData.Require([.. finished.Select(run => run.Folder)], configs, runs);
        StudyNotes notes = description.Notes with
        {
            Failed = Failed(),
            Protocol = ProtocolText.Of(configs),
            Faults = KnownFaults.Lines(finished.Select(run => run.Key.Model).Zip(configs)),
        };
        if (Chooses(description.Study))
        {
            ChoiceReport.Write(Path, description.Study, runs, notes);
            return;
        }

        // Rewrites metrics.json, so that metrics of an earlier program version agree with the tables.
        foreach ((RunResult run, RunFolder folder) in runs.Zip(finished.Select(f => f.Folder)))
        {
            MetricsFile.Write(folder.Metrics, run.Predictions, run.Classes);
        }

        StudyReport.Write(Path, description.Study, runs, notes, Listeners.Read(VotesFile));
    }

    /// <summary>Stores what human listeners confuse, for all later reports of the study.</summary>
    /// <param name="votes">CREMA-D's summaryTable.csv.</param>
    /// <exception cref="InputException">The file is not a valid summaryTable.csv of CREMA-D.</exception>
    public void Hear(string votes) => Listeners.ReadVotes(votes).Write(VotesFile);

    /// <summary>Copies what the figures are computed from (predictions, history, configs, environment; no weights) to a folder to commit or
    /// send, and writes the report there.</summary>
    /// <param name="target">The target folder.</param>
    /// <exception cref="InputException">No study here, no finished run, or the target is the study itself or holds runs that are not a
    /// published copy of this study's.</exception>
    public void Publish(string target)
    {
        if (System.IO.Path.GetRelativePath(Path, target) == ".")
        {
            throw new InputException($"{target}: is the study itself; publish it to another folder");
        }

        StudyDescription description = Read();
        StudyFolder copy = new(target);
        FoundRun[] runs = [.. Finished()], there = Directory.Exists(target) ? [.. FoundRun.Below(target)] : [];

        // A run in progress has its config before any other file. A published copy gets its config next to last, just before its metrics.
        if (there.Any(run => System.IO.File.Exists(run.Folder.Finished ? run.Folder.Best : run.Folder.Config)))
        {
            throw new InputException(
                $"{target}: holds runs that are unfinished or have their weights, so it is a study at work and no published one; "
                + "publish to another folder");
        }

        Dictionary<RunKey, string> failed = Failed();
        if (there.Select(run => run.Key).Except(runs.Select(run => run.Key)).Except(failed.Keys).ToArray() is { Length: > 0 } others)
        {
            string some = string.Join(", ", others.Take(3)) + (others.Length > 3 ? ", …" : "");
            throw new InputException(
                $"{target}: holds {ReportText.Plural(others.Length, "run")} that {Path} has not ({some}), "
                + "which its report would pool with these; publish to another folder, or remove them there");
        }

        IReadOnlyList<Condition> conditions = description.Study.ReadConditions();
        foreach (FoundRun found in runs)
        {
            PublishedRun.Write(found.Folder, RunFolder.Of(target, found.Key), conditions);
        }

        foreach ((RunKey key, string reason) in failed) // A search leaves their settings out, here and there.
        {
            AtomicFile.WriteText(RunFolder.Of(target, key).Failure, reason);
        }

        Listeners.Read(VotesFile)?.Write(copy.VotesFile);
        copy.Describe(description.Study, description.Notes);
        copy.Report();
    }

    /// <summary>The finished runs of a study's systems and label sets, with any fold and seed, each with the config that the study now
    /// gives it.</summary>
    /// <param name="study">The study.</param>
    /// <exception cref="InputException">The study no longer has the fold of a run.</exception>
    public IEnumerable<StudyRun> Of(Study study)
    {
        IReadOnlyList<StudySystem> systems = StudySystem.Of(study.Config);
        IReadOnlyList<Condition> conditions = study.Config.ReadConditions();
        return from run in Directory.Exists(Path) ? Finished() : []
               from labels in study.Config.Labels
               where LabelSets.NameOf(labels) == run.Key.Labels
               from system in systems
               where system.Name == run.Key.Model
               select new StudyRun(run.Key, study.Resolve(system, labels, run.Key.Fold, run.Key.Seed), run.Folder, conditions);
    }

    /// <summary>The finished runs, in a fixed order.</summary>
    /// <param name="conditions">Conditions whose predictions to read too.</param>
    public IReadOnlyList<RunResult> Runs(IReadOnlyList<Condition>? conditions = null) =>
        [.. Finished().Select(run => run.Read(conditions))];

    /// <summary>The conditions under which the study scores its models.</summary>
    /// <exception cref="InputException">No study here.</exception>
    public IReadOnlyList<Condition> Conditions() => Read().Study.ReadConditions();

    /// <summary>What the settings of a search or an ablation have reached; null for another study.</summary>
    /// <exception cref="InputException">No study here.</exception>
    public IReadOnlyList<Choice>? Choices() =>
        Read().Study is { } study && Chooses(study) ? ChoiceReport.Of(study, Runs(), Failed().Keys) : null;

    /// <summary>Throws where the name of a run's setting, such as mlp-p00, means another one in a later version of the study.</summary>
    private void RequireSame(StudyConfig was, StudyConfig study, IEnumerable<RunKey> runs)
    {
        Dictionary<string, StudySystem> now = StudySystem.Of(study).ToDictionary(system => system.Name);
        foreach (StudySystem before in StudySystem.Of(was))
        {
            RunKey[] own = [.. runs.Where(run => run.Model == before.Name).Take(1)];
            if (own is [RunKey run]
                && now.GetValueOrDefault(before.Name)?.Set.SequenceEqual(before.Set) != true)
            {
                throw new InputException(
                    $"{Path}: holds {run}, of a `search` or `variants` in which {before.Name} is another setting than here; "
                    + "give another folder with --out");
            }
        }
    }

    private static bool Chooses(StudyConfig study) => study.Search is not null || study.Variants.Count > 0;

    private IEnumerable<FoundRun> Finished() => FoundRun.Below(Path).Where(run => run.Folder.Finished);

    private Dictionary<RunKey, string> Failed() =>
        FoundRun.Below(Path).Where(run => !run.Folder.Finished && System.IO.File.Exists(run.Folder.Failure))
            .ToDictionary(run => run.Key, run => System.IO.File.ReadAllText(run.Folder.Failure));

    private StudyDescription Read() => Exists
        ? StudyDescription.Read(File)
        : throw new InputException($"{Path}: no study here (study.json is missing); `ser compare STUDY` makes one");
}
