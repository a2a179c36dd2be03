using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SpeechEmotion.Configuration;

namespace SpeechEmotion.Cli;

/// <summary>`ser compare STUDY`: a matrix of runs, then its report. Here the command's words become a <see cref="CompareJob"/>.</summary>
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
        Option<long?> worker = new("--worker") { Hidden = true }; // when the call began, in ticks of UTC
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
                : parse.GetValue(worker) is long began ? CompareWorker.Run(job, new DateTime(began, DateTimeKind.Utc), stop)
                : CompareLeader.Run(console, job, stop);
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
}
