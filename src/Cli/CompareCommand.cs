using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Spectre.Console;
using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;
using SpeechEmotion.Labels;
using SpeechEmotion.Reporting;
using SpeechEmotion.Studies;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli;

/// <summary>`ser compare STUDY`: a matrix of runs, then its report.</summary>
internal static class CompareCommand
{
    private static readonly string[] Launchers = ["local", "slurm"];

    public static Command Build()
    {
        Argument<string> study = new("study") { Description = "The study file", HelpName = "STUDY" };
        Option<string?> data = SharedOptions.Data(SharedOptions.SyntheticVoice);
        Option<string[]> set = SharedOptions.Set();
        Option<string?> output = new("--out") { Description = "The study's folder; default runs/NAME", HelpName = "DIR" };
        Option<string?> folds = new("--folds") { Description = "Only these folds, such as 0,1", HelpName = "LIST" };
        Option<string?> seeds = new("--seeds") { Description = "Only these seeds, such as 1,2,3", HelpName = "LIST" };
        Option<string> launcher = new("--launcher")
        {
            Description = "Who does the runs: local (processes here) or slurm (a job array; "
                + "the study's `slurm:` section says what it asks for)",
            HelpName = string.Join('|', Launchers),
            DefaultValueFactory = _ => Launchers[0],
        };
        launcher.AcceptOnlyFromAmong(Launchers);
        Option<int?> jobs = new("--jobs")
        {
            Description = "Runs side by side; by default one a GPU, or one a core where there is none and memory is enough; "
                + "with slurm as many as slurm.at_most lets",
            HelpName = "N",
        };
        Option<bool> wait = new("--wait")
        {
            Description = "With slurm: wait until the runs are done, then report",
            Arity = ArgumentArity.Zero, // Cluster tasks are started without this word; a value would be left behind.
        };
        Option<bool> worker = new("--worker") { Hidden = true };
        Option<string?> only = new("--only") { Hidden = true };
        return new Verb(
            "compare",
            "Do the runs of a study that are not finished, then write its report.",
            "ser compare experiments/quickstart/study.yaml               # on the built-in synthetic voice",
            "ser compare experiments/merged/study.yaml --data DIR        # on real corpora; goes on where it was stopped",
            "ser compare experiments/merged/study.yaml --data DIR --launcher slurm --set slurm.partition=gpu --set slurm.gres=gpu:1")
        { study, data, set, output, folds, seeds, launcher, jobs, wait, worker, only }.Does((parse, console, stop) =>
        {
            if (parse.GetValue(jobs) is int few and < 1)
            {
                throw new InputException($"--jobs {few}: at least 1");
            }

            Study read = Read(
                parse.GetRequiredValue(study),
                [
                    .. SharedOptions.WithData(parse.GetRequiredValue(set), parse.GetValue(data)),
                    .. List(parse, folds),
                    .. List(parse, seeds),
                ],
                parse.GetValue(folds));
            CompareJob job = new(
                read,
                Target.Folder(parse.GetValue(output), output.Name) ?? read.Config.Output ?? Path.Combine("runs", read.Config.Name),
                parse.GetRequiredValue(launcher) == "slurm",
                parse.GetValue(jobs),
                parse.GetValue(wait),
                [.. parse.Tokens.Where(token => token.Type != TokenType.DoubleDash).Select(token => token.Value)],
                RunListener.OnConsole(parse.InvocationConfiguration.Error, stop));
            return parse.GetValue(only) is string run ? CompareWorker.RunOne(job, run, stop)
                : parse.GetValue(worker) ? CompareWorker.Run(job, stop)
                : Run(console, job, stop);
        });
    }

    private static Study Read(string file, IReadOnlyList<string> overrides, string? folds)
    {
        try
        {
            return Study.Read(file, overrides);
        }
        catch (InputException e) when (folds is not null)
        {
            // Report what was typed, and not the key of a run that it sets.
            throw new InputException(e.Message.Replace("--set split.fold:", $"--folds {folds}:", StringComparison.Ordinal), e);
        }
    }

    /// <summary>An option's numbers as an override of the study's key. Checked here, since the study's error would name a `--set` that
    /// nobody gave.</summary>
    private static string[] List(ParseResult parse, Option<string?> option)
    {
        if (parse.GetValue(option) is not string list)
        {
            return [];
        }

        int[] numbers =
        [
            .. list.Split(',').Select(text =>
                int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1),
        ];
        if (numbers.Contains(-1) || numbers.Distinct().Count() < numbers.Length)
        {
            throw new InputException($"{option.Name} {list}: whole numbers are wanted, each once, with commas between, such as 0,1");
        }

        return [$"{option.Name[2..]}=[{string.Join(',', numbers)}]"];
    }

    private static int Run(IAnsiConsole console, CompareJob job, CancellationToken stop)
    {
        job.Listener.Log = Path.Combine(job.Folder, "log.txt");
        IReadOnlyList<StudyRun> runs = job.Runs();
        int missing = runs.Count(r => !r.Done);
        bool sound = true;
        job.Listener.Say($"study {job.Study.Config.Name}: {ReportText.Plural(runs.Count, "run")}, {missing} to do");
        if (runs.Count(r => r.Done && r.Unscored.Any()) is int gaps and > 0)
        {
            job.Listener.Say(
                $"{gaps} finished {(gaps == 1 ? "run lacks" : "runs lack")} a condition and the weights to be scored by, "
                + "so the report leaves a gap; remove a run to do it anew");
        }

        StudyFolder output = new(job.Folder);
        RefuseOthers(job.Study, output);
        if (missing > 0 && job.Slurm)
        {
            SlurmLauncher cluster = new(job, console);
            cluster.Submit(runs, queued =>
            {
                StudyRunner runner = Open(job, runs, output, queued);

                // On the CPU: this machine may have no GPU even where the nodes have one. Tasks on a GPU compute their own.
                runner.PrepareFeatures([.. runs.Select(r => r with { Config = r.Config with { Device = "cpu" } })]);
            });
            if (!job.Wait)
            {
                return App.Done;
            }

            sound = cluster.WaitForAll(runs, stop);
        }
        else if (missing > 0 || !output.Exists)
        {
            // For runs that were moved here without the study's own file, the study is described again.
            StudyRunner runner = Open(job, runs, output);
            if (missing > 0)
            {
                sound = LocalLauncher.Work(job, runs, runner, missing, stop);
            }
        }

        if (!sound && !runs.Any(run => run.Folder.Finished))
        {
            return App.Failed; // There is nothing to report, and the reason has been printed.
        }

        output.Widen(job.Study.Config, job.Notes(runs, null)); // Another call may have described the study meanwhile.
        output.Report();
        StudyTableView.Show(console, output);
        console.Line($"{Path.Combine(job.Folder, "report.html")} is the whole report; report.md, tables and pictures lie beside it");
        return sound ? App.Done : App.Failed;
    }

    /// <summary>Refuses finished runs with other settings than are asked for now, also those of other folds or seeds: the two must not be
    /// pooled.</summary>
    private static void RefuseOthers(Study study, StudyFolder output)
    {
        foreach (StudyRun run in output.Of(study).Where(r => File.Exists(r.Folder.Config)))
        {
            IReadOnlyList<string> asked = ConfigHash.Differences(run.Config, ConfigReader.ReadRun([run.Folder.Config], []));
            if (asked.Count > 0)
            {
                string named = string.Join(", ", asked.Take(3)) + (asked.Count > 3 ? ", …" : "");
                throw new InputException(
                    $"{run.Folder.Path}: finished with other settings than are asked for now ({named}; "
                    + "compare its config.yaml); give another folder with --out, or remove that run to do it anew");
            }
        }
    }

    /// <summary>Opens the data and records in the study's folder what its report needs besides the runs.</summary>
    private static StudyRunner Open(CompareJob job, IReadOnlyList<StudyRun> runs, StudyFolder output, string[]? queued = null)
    {
        foreach (StudyRun run in runs.DistinctBy(r => (r.Model, r.Labels)))
        {
            RequireModel(job.Study, run); // A mistake is found now and not after hours of runs.
        }

        SpeechData data = SpeechData.Open(runs[0].Config.Data, job.Listener);
        StudyRunner runner = new(data, job.Listener);
        if (runs.Any(run => !run.Done))
        {
            runner.RefuseOtherData(output.Of(job.Study));
        }

        string? ofData = data.Synthetic ? ProtocolText.SyntheticVoice : data.Table is not null ? ProtocolText.Table : null;
        output.Describe(job.Study.Config, job.Notes(runs, ofData), queued);
        return runner;
    }

    /// <summary>Refuses a run of whose settings no network can be made.</summary>
    private static void RequireModel(Study study, StudyRun run)
    {
        LabelSet taught = LabelSets.Taught(LabelSets.Load(run.Config.Data.Labels, "labels"), run.Config);
        try
        {
            run.Config.Model.Check(new ModelShape(run.Config.Features.Width, taught.Classes.Count));
        }
        catch (InputException e)
        {
            string file = StudySystem.Of(study.Config).First(system => system.Name == run.Model).File;
            throw new InputException($"{file}: {e.Message} (run {run.Name})", e);
        }
    }
}
