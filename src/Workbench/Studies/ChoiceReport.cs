using System.Globalization;
using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Labels;
using SpeechEmotion.Reporting;

namespace SpeechEmotion.Studies;

/// <summary>The report of a search or an ablation: what each setting reached on validation speakers. A run's score is the mean validation
/// UAR of its last <see cref="LastEpochs"/> epochs: the best epoch's UAR would favour the noisiest curve.</summary>
public static class ChoiceReport
{
    /// <summary>Number of epochs at the end of a run over which the score is the mean.</summary>
    public const int LastEpochs = 5;

    private const string Chosen = "chosen";

    private static readonly string[] Header = ["labels", "model", "setting", "runs", "score", "difference", "error", "seconds", "set"];

    /// <summary>Writes `choices.csv`, `report.md` and `report.html` and, for a search, `chosen/LABELS/MODEL.yaml` with the best settings,
    /// to be laid over the base config. Files under `chosen` that only an earlier report chose are deleted.</summary>
    /// <param name="folder">The study's folder.</param>
    /// <param name="study">The study, with a search or variants.</param>
    /// <param name="results">Finished runs.</param>
    /// <param name="notes">What the report says that the results do not contain.</param>
    /// <exception cref="IOException">A file cannot be written or read.</exception>
    public static void Write(string folder, StudyConfig study, IReadOnlyList<RunResult> results, StudyNotes notes)
    {
        IReadOnlyList<StudySystem> systems = StudySystem.Of(study);
        RunResult[] finished = [.. results.Where(run => systems.Any(system => system.Name == run.Model))];
        RunResult[] known = WithoutFailedSettings(finished, notes.Failed.Keys);
        RunResult[] shared = OnSharedFolds(study, systems, known);
        int left = known.Length - shared.Length;
        IReadOnlyList<Choice> choices = Of(study, systems, shared);
        Choice[][] tasks = [.. choices.GroupBy(choice => (choice.Labels, choice.System.Model), (_, rows) => rows.ToArray())];
        ReportTable[] tables = [.. tasks.Select(rows => Table(study, rows, systems.First(s => s.Model == rows[0].System.Model).Name))];
        List<string> chosen = [];
        foreach (Choice[] rows in study.Search is null ? [] : tasks)
        {
            Choice best = rows.MaxBy(row => row.Score)!;
            RunResult run = shared.First(r => r.Labels == best.Labels && r.Model == best.System.Name);
            chosen.Add(Choose(folder, study, best, run, rows.Length));
        }

        RemoveOthers(folder, chosen);

        CsvTable.Write(Path.Combine(folder, "choices.csv"), choices.Select(IEnumerable<string> (c) =>
            [
                c.Labels, c.System.Model, c.System.Name, $"{c.Runs}",
                .. new[] { c.Score, c.Difference, c.Error, c.Seconds }.Select(CsvTable.Number),
                string.Join("; ", c.System.Set),
            ]).Prepend(Header));
        int most = choices.Select(choice => choice.Runs).DefaultIfEmpty().Max();
        bool uneven = choices.Select(c => c.Runs).Distinct().Count() > 1;
        string about =
            $"Mean validation UAR in percent of the last {LastEpochs} epochs (of all, where a run has fewer) "
            + $"over {(uneven ? "up to " : "")}{ReportText.Plural(most, "run")} (one a fold and seed) of each setting; "
            + "'±' is the standard error of the mean difference over runs. " + notes.Protocol
            + (notes.Missing(finished.Select(run => run.Key)) is not null
                ? $" {finished.Length} of {notes.Runs?.Count} runs are finished: the rest can change the figures."
                : "")
            + (notes.Failures is string failures ? $" {failures} Their settings are left out." : "")
            + (left > 0
                ? $" {ReportText.Plural(left, "run")} of folds that not every setting has heard {(left == 1 ? "is" : "are")} left out: "
                    + "scores over other folds do not compare."
                : "")
            + (left > 0 && choices.Count == 0
                ? " No fold and seed is finished for every setting, so nothing is chosen yet."
                : "")
            + (study.Search is null && uneven
                ? " A score is over the runs that a row has, a difference over those that it shares with the first setting: "
                    + "compare differences."
                : "");
        about += Unvaried(study, systems);
        AtomicFile.WriteText(Path.Combine(folder, "report.md"), string.Join('\n',
            [
                $"# {ReportTable.EscapeMarkdown(study.Title)}\n",
                $"{ReportTable.EscapeMarkdown(about)}\n",
                .. tables.Select(t => $"## {ReportTable.EscapeMarkdown(t.Caption)}\n\n{t.ToMarkdown()}"),
                $"## To repeat it\n\n```sh\n{notes.Command}\n```\n",
                .. finished.Length > 0 ? [FactsTable.Of(finished).ToMarkdown()] : (string[])[],
            ]));
        AtomicFile.WriteText(Path.Combine(folder, "report.html"), HtmlPage.Build($"Study {study.Name}",
            $"<h1>{HtmlPage.Escape(study.Title)}</h1><p>{HtmlPage.Escape(about)}</p>"
            + string.Concat(tables.Select(t => t.ToHtml()))
            + $"<h2>To repeat it</h2><pre><code>{HtmlPage.Escape(notes.Command)}</code></pre>"
            + (finished.Length > 0 ? $"<div class=\"facts\">{FactsTable.Of(finished).ToHtml()}</div>" : "")));
    }

    /// <summary>What each setting has reached, by label set and architecture in the study's order; settings without a run that counts are
    /// left out.</summary>
    /// <param name="study">The study, with a search or variants.</param>
    /// <param name="results">Finished runs.</param>
    /// <param name="failed">Keys of failed runs, whose settings are left out.</param>
    public static IReadOnlyList<Choice> Of(StudyConfig study, IReadOnlyList<RunResult> results, IEnumerable<RunKey> failed)
    {
        IReadOnlyList<StudySystem> systems = StudySystem.Of(study);
        return Of(study, systems, OnSharedFolds(study, systems, WithoutFailedSettings(results, failed)));
    }

    /// <summary>Runs of the settings that have no failed run. A setting that fails on one fold cannot be chosen, and must not keep the
    /// others from being compared on that fold.</summary>
    private static RunResult[] WithoutFailedSettings(IReadOnlyList<RunResult> runs, IEnumerable<RunKey> failed) =>
        [.. runs.Where(run => !failed.Any(key => key.System == run.Key.System))];

    private static Choice[] Of(StudyConfig study, IReadOnlyList<StudySystem> systems, RunResult[] shared) =>
    [
        .. from labels in study.Labels.Select(LabelSets.NameOf)
           from model in systems.GroupBy(system => system.Model)
           from choice in Choice.Of([.. model], [.. shared.Where(run => run.Labels == labels)], labels)
           select choice,
    ];

    private static RunResult[] OnSharedFolds(StudyConfig study, IReadOnlyList<StudySystem> systems, IReadOnlyList<RunResult> results) =>
        study.Search is null ? [.. results] : OfAllSettings(systems, results);

    /// <summary>For each architecture, its runs on the folds and seeds that all of its settings with a run have: means over different folds
    /// are not comparable.</summary>
    private static RunResult[] OfAllSettings(IReadOnlyList<StudySystem> systems, IReadOnlyList<RunResult> results) =>
    [
        .. from own in results.Join(systems, run => run.Model, system => system.Name, (run, system) => (run, system.Model))
               .GroupBy(r => (r.run.Labels, r.Model), r => r.run)
           let settings = own.Select(run => run.Model).Distinct().Count()
           from runs in own.GroupBy(run => (run.Fold, run.Seed))
           where runs.Count() == settings
           from run in runs
           select run,
    ];

    /// <summary>Table of one architecture: for a search the best setting first, without the changes that all rows share; for an ablation in
    /// its own order.</summary>
    private static ReportTable Table(StudyConfig study, IReadOnlyList<Choice> rows, string first)
    {
        bool search = study.Search is not null;
        HashSet<string> same = search && rows.Count > 1
            ? [.. rows.SelectMany(r => r.System.Set).GroupBy(s => s).Where(g => g.Count() == rows.Count).Select(g => g.Key)]
            : [];
        return new ReportTable(
            $"{rows[0].System.Model}, {rows[0].Labels} classes",
            ["setting", "changes", "score", $"to {first}", "±", "runs", "train s"],
            [
                .. (search ? rows.OrderByDescending(r => r.Score) : (IEnumerable<Choice>)rows).Select(IReadOnlyList<string> (r) =>
                [
                    r.System.Name,
                    string.Join(", ", r.System.Set.Where(s => !same.Contains(s))),
                    r.ScoreText, r.DifferenceText, r.ErrorText, $"{r.Runs}",
                    r.Seconds.ToString("0", CultureInfo.InvariantCulture),
                ]),
            ],
            TextColumns: 2);
    }

    /// <summary>Names the keys of a search whose other values no point of a model has, since a few points drawn at random can leave a key
    /// as it was; empty where there is none.</summary>
    private static string Unvaried(StudyConfig study, IReadOnlyList<StudySystem> systems)
    {
        IEnumerable<string> models =
            from points in systems.GroupBy(system => system.Model)
            let only = (study.Search?.AxesOf(points.Key) ?? []).Where(axis => axis.Values.Count > 1)
                .SelectMany(axis => axis.Values.Select(value => $"{axis.Key}={value}"))
                .Where(set => points.All(point => point.Set.Contains(set))).ToArray()
            where only.Length > 0
            select $"{points.Key} {string.Join(", ", only)}";
        return string.Join("; ", models) is { Length: > 0 } names ? $" What was not varied, since all points drew one value: {names}." : "";
    }

    /// <summary>Writes the sections features, model, train and augment of the best setting's config, with every key, and returns the file's
    /// path.</summary>
    private static string Choose(string folder, StudyConfig study, Choice best, RunResult run, int settings)
    {
        string path = Path.Combine(folder, Chosen, best.Labels, best.System.Model + ".yaml");
        string config = Training.RunFolder.Of(folder, run.Key).Config;
        bool keep = false;
        IEnumerable<string> lines = File.ReadLines(config)
            .Where(line => keep = line.StartsWith(' ') ? keep : line is "features:" or "model:" or "train:" or "augment:");
        string head = string.Create(CultureInfo.InvariantCulture,
            $"# {best.System.Name} of study {study.Name}: the best of {settings} settings by mean validation UAR "
            + $"({100 * best.Score:0.0} % over {ReportText.Plural(best.Runs, "run")}).\n");
        AtomicFile.WriteText(path, head + string.Join('\n', lines) + "\n");
        return path;
    }

    /// <summary>Deletes the files that an earlier report chose and this one does not.</summary>
    private static void RemoveOthers(string folder, IReadOnlyList<string> chosen)
    {
        string all = Path.Combine(folder, Chosen);
        string[] there = Directory.Exists(all) ? Directory.GetFiles(all, "*.yaml", SearchOption.AllDirectories) : [];
        foreach (string stale in there.Except(chosen))
        {
            File.Delete(stale);
        }
    }
}
