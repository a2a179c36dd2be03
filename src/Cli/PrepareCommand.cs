using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Corpora;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli;

/// <summary>`ser prepare`: what a data folder holds compared with what was published, and what is wrong with it.</summary>
internal static class PrepareCommand
{
    public static Command Build()
    {
        Option<string?> data = SharedOptions.Data();
        data.Required = true;
        Option<string[]> corpora = new("--corpus")
        {
            Description = "Look for this corpus only, and fail where it is missing; may be repeated",
            HelpName = "NAME",
            DefaultValueFactory = _ => [],
        };
        Option<string?> output = new("--out") { Description = "Write the manifest here, a line of JSON a clip", HelpName = "FILE" };
        return new Verb(
            "prepare",
            "Scan and check the corpora below a folder; with --out, write their manifest.",
            "ser prepare --data /data/corpora",
            "ser prepare --data /data/corpora --corpus ravdess --out manifest.jsonl")
        { data, corpora, output }.Does((parse, console, stop) => Run(
            console,
            parse.GetRequiredValue(data)!,
            parse.GetRequiredValue(corpora),
            Target.File(parse.GetValue(output), output.Name),
            RunListener.OnConsole(parse.InvocationConfiguration.Error, stop)));
    }

    private static int Run(IAnsiConsole console, string data, string[] corpora, string? output, RunListener listener)
    {
        ScanReport report = SpeechData.Scan(data, corpora, listener);
        if (output is not null)
        {
            ManifestFile.Write(output, report.Manifest);
        }

        return Report(console, report);
    }

    /// <summary>Writes the counts and the findings.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="report">What the scan found.</param>
    /// <returns><see cref="App.WrongInput"/> where a finding is an error.</returns>
    public static int Report(IAnsiConsole console, ScanReport report)
    {
        Table table = Screen.Table(console, "corpus", ">clips", ">published", ">speakers", ">minutes", "rates (Hz)", "labels");
        foreach (IGrouping<string, Utterance> corpus in report.Manifest.Utterances.GroupBy(u => u.Corpus))
        {
            int whole = CorpusCatalog.Find(corpus.Key)?.PublishedCount ?? 0;
            IEnumerable<string> labels = corpus.GroupBy(u => u.Label)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => $"{g.Key} {g.Count():N0}");
            table.Row(
                corpus.Key,
                $"{corpus.Count():N0}",
                whole == 0 ? "-" : $"{whole:N0}",
                $"{corpus.Select(u => u.Speaker).Distinct().Count()}",
                $"{corpus.Sum(u => u.Seconds) / 60:0.0}",
                string.Join(", ", corpus.Select(u => u.SampleRate).Distinct().Order()),
                string.Join(", ", labels));
        }

        console.Show(table);
        foreach (Finding finding in report.Findings)
        {
            console.Line($"{(finding.Severity == Severity.Error ? "error" : "note")}: {finding.Corpus}: {finding.Message}");
        }

        int errors = report.Findings.Count(finding => finding.Severity == Severity.Error);
        console.Mark(
            errors == 0,
            errors == 0 && report.Findings.Count == 0 ? "nothing here would spoil a result"
                : errors == 0 ? "no error that would spoil every result; the notes above say what to look at"
                : $"{errors} error(s): mend or remove these files, then prepare again");
        return errors == 0 ? App.Done : App.WrongInput;
    }
}
