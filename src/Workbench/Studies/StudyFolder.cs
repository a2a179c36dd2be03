using System.Text.Json;
using System.Text.RegularExpressions;
using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Labels;
using SpeechEmotion.Reporting;
using SpeechEmotion.Training;

namespace SpeechEmotion.Studies;

/// <summary>The folder of a study: its runs, and study.json, which says what a report needs beside them.</summary>
/// <param name="Path">The folder.</param>
public sealed partial record StudyFolder(string Path)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private string File => System.IO.Path.Combine(Path, "study.json");

    private string VotesFile => System.IO.Path.Combine(Path, "listeners.csv");

    /// <summary>True where the folder holds a study.</summary>
    public bool Exists => System.IO.File.Exists(File);

    /// <summary>Writes study.json.</summary>
    /// <param name="study">The study.</param>
    /// <param name="notes">What its report says beside the figures.</param>
    public void Describe(StudyConfig study, StudyNotes notes) => AtomicFile.WriteText(File, JsonSerializer.Serialize(new Description(study, notes), Json) + "\n");

    /// <summary>Notes a call that asks for all runs of the one before, and for more or for other conditions, though every one is done: the report is to name the command that repeats it whole.</summary>
    /// <param name="study">The study as it was asked for.</param>
    /// <param name="notes">What its report is to say; of the data it says what it said.</param>
    /// <exception cref="InputException">No study here.</exception>
    public void Widen(StudyConfig study, StudyNotes notes)
    {
        (StudyConfig was, StudyNotes before) = Read();
        if (before.Runs is { } known && notes.Runs is { } runs && (runs.Count > known.Count || !Named(study).SequenceEqual(Named(was))) && !known.Except(runs).Any())
        {
            Describe(study, notes with { DataNote = before.DataNote });
        }

        static IEnumerable<(string, string)> Named(StudyConfig study) => study.Conditions.Zip(study.Alterations(), (condition, alteration) => (condition.Name, alteration.Name));
    }

    /// <summary>Names the runs that are not finished; null where none is missing.</summary>
    /// <exception cref="InputException">No study here.</exception>
    public string? Missing() => Read().Notes.Missing(Runs());

    /// <summary>Writes the report from the predictions of the finished runs.</summary>
    /// <exception cref="InputException">No study here, or no finished run.</exception>
    public void Report()
    {
        Description description = Read();
        Found[] finished = [.. Finished()]; // Once: more may be finished a moment later.
        RunResult[] runs = [.. finished.Select(run => run.Read(description.Study.Alterations()))];
        if (runs.Length == 0)
        {
            throw new InputException($"{Path}: no run of this study is finished yet; `ser compare` goes on with it");
        }

        if (Chooses(description.Study))
        {
            ChoiceReport.Write(Path, description.Study, runs, description.Notes);
            return;
        }

        // Figures of an earlier program are brought up to date with the tables.
        foreach ((RunResult run, RunFolder folder) in runs.Zip(finished.Select(f => f.Folder)))
        {
            MetricsFile.Write(folder.Metrics, run.Predictions, run.Classes);
        }

        StudyReport.Write(Path, description.Study, runs, description.Notes, Listeners.Read(VotesFile));
    }

    /// <summary>Takes up what people confuse, for this and all later reports of the study.</summary>
    /// <param name="votes">CREMA-D's summaryTable.csv.</param>
    /// <exception cref="InputException">It is another file.</exception>
    public void Hear(string votes) => Listeners.ReadVotes(votes).Write(VotesFile);

    /// <summary>Copies what the figures rest on (predictions, history, configs, environment; no weights) to a folder to commit or send, and reports there.</summary>
    /// <param name="target">The other folder.</param>
    /// <exception cref="InputException">No study here, or no finished run.</exception>
    public void Publish(string target)
    {
        Description description = Read();
        StudyFolder copy = new(target);
        IReadOnlyList<Alteration> conditions = description.Study.Alterations();
        foreach (Found found in Finished())
        {
            RunFolder run = found.Folder, to = new(StudyRun.FolderOf(target, found.Labels, found.Model, found.Fold, found.Seed));
            Directory.CreateDirectory(to.Path);
            foreach ((string from, string there) in conditions.Select(c => (run.Condition(c), to.Condition(c))).Prepend((run.Validation, to.Validation)).Prepend((run.Predictions, to.Predictions)))
            {
                // One of an old study may lack the validation side, and one of a study that grew its conditions.
                if (RunFolder.Stored(from) is string file)
                {
                    PredictionTable table = PredictionsFile.Read(file);
                    PredictionsFile.Write(there + ".gz", table.Classes, table.Rows);
                }
            }

            foreach ((string from, string there) in new[]
            {
                (run.History, to.History), (run.Environment, to.Environment), (run.Config, to.Config), (run.Metrics, to.Metrics),
            })
            {
                System.IO.File.Copy(from, there, overwrite: true);
            }
        }

        Listeners.Read(VotesFile)?.Write(copy.VotesFile);
        copy.Describe(description.Study, description.Notes);
        copy.Report();
    }

    /// <summary>The finished runs that are of a study's systems and label sets, whatever their folds and seeds, with the configs that the study has for them now.</summary>
    /// <param name="study">The study.</param>
    /// <exception cref="InputException">The study has no such fold any more.</exception>
    public IEnumerable<StudyRun> Of(Study study)
    {
        IReadOnlyList<StudySystem> systems = StudySystem.Of(study.Config);
        IReadOnlyList<Alteration> conditions = study.Config.Alterations();
        return from run in Directory.Exists(Path) ? Finished() : []
               from labels in study.Config.Labels
               where LabelSets.NameOf(labels) == run.Labels
               from system in systems
               where system.Name == run.Model
               select new StudyRun(run.Model, run.Labels, run.Fold, run.Seed, study.Resolve(system, labels, run.Fold, run.Seed), run.Folder, conditions);
    }

    /// <summary>The finished runs, in a fixed order.</summary>
    /// <param name="conditions">Alterations whose predictions are wanted too.</param>
    public IReadOnlyList<RunResult> Runs(IReadOnlyList<Alteration>? conditions = null) => [.. Finished().Select(run => run.Read(conditions))];

    /// <summary>The conditions under which the study hears its models.</summary>
    /// <exception cref="InputException">No study here.</exception>
    public IReadOnlyList<ConditionOptions> Conditions() => Read().Study.Conditions;

    /// <summary>What the settings of a search or an ablation have reached; null for another study.</summary>
    /// <exception cref="InputException">No study here.</exception>
    public IReadOnlyList<Choice>? Choices() => Read().Study is { } study && Chooses(study) ? ChoiceReport.Of(study, Runs()) : null;

    private static bool Chooses(StudyConfig study) => study.Search is not null || study.Variants.Count > 0;

    private IEnumerable<Found> Finished() =>
        from folder in Directory.EnumerateDirectories(Path, "fold*-seed*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let name = RunName().Match(System.IO.Path.GetRelativePath(Path, folder).Replace('\\', '/'))
        where name.Success && new RunFolder(folder).Finished
        select new Found(name.Groups["labels"].Value, name.Groups["model"].Value, int.Parse(name.Groups["fold"].Value), int.Parse(name.Groups["seed"].Value), new RunFolder(folder));

    /// <summary>Refuses a folder without a study.</summary>
    /// <exception cref="InputException">No study here.</exception>
    public void Require()
    {
        if (!Exists)
        {
            throw new InputException($"{Path}: no study here (study.json is missing); `ser compare STUDY` makes one");
        }
    }

    private Description Read()
    {
        Require();
        try
        {
            return JsonSerializer.Deserialize<Description>(System.IO.File.ReadAllText(File), Json) ?? throw new JsonException("empty");
        }
        catch (JsonException e)
        {
            throw new InputException($"{File}: {e.Message}; `ser compare STUDY` writes it again", e);
        }
    }

    /// <summary>A run by its folder's name.</summary>
    private sealed record Found(string Labels, string Model, int Fold, int Seed, RunFolder Folder)
    {
        public RunResult Read(IReadOnlyList<Alteration>? conditions = null) => Folder.Read(Model, Labels, Fold, Seed, conditions);
    }

    private sealed record Description(StudyConfig Study, StudyNotes Notes);

    [GeneratedRegex("^(?<labels>[^/]+)/(?<model>[^/]+)/fold(?<fold>[0-9]+)-seed(?<seed>[0-9]+)$")]
    private static partial Regex RunName();
}
