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
            parse.GetValue(output),
            RunListener.OnConsole(parse.InvocationConfiguration.Error, stop)));
    }

    private static int Run(IAnsiConsole console, string data, string[] corpora, string? output, RunListener listener)
    {
        ScanReport report = ManifestStore.LoadOrScan(
            data, corpora, Path.Combine(SpeechData.CacheFolder, "manifests"), (done, of) => listener.Progress("scan", done, of));
        if (output is not null)
        {
            ManifestFile.Write(output, report.Manifest);
        }

        return Report(
            console,
            report.Manifest,
            CorpusCatalog.All.ToDictionary(c => c.Name, c => c.PublishedCount),
            [.. report.Findings.Select(f => (f.Severity == Severity.Error, $"{f.Corpus}: {f.Message}"))]);
    }

    /// <summary>Writes the counts and the findings.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="manifest">What was found.</param>
    /// <param name="published">Corpus → files in the published corpus; 0 where there is no such number.</param>
    /// <param name="findings">What is wrong, one line each, and whether it would invalidate a result.</param>
    /// <returns><see cref="App.WrongInput"/> where a finding is an error.</returns>
    public static int Report(
        IAnsiConsole console,
        Manifest manifest,
        IReadOnlyDictionary<string, int> published,
        IReadOnlyList<(bool IsError, string Line)> findings)
    {
        Table table = Screen.Table(console, "corpus", ">clips", ">published", ">speakers", ">minutes", "rates (Hz)", "labels");
        foreach (IGrouping<string, Utterance> corpus in manifest.Utterances.GroupBy(u => u.Corpus))
        {
            int whole = published.GetValueOrDefault(corpus.Key);
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

        console.Write(table);
        foreach ((bool isError, string line) in findings.OrderByDescending(finding => finding.IsError))
        {
            console.WriteLine($"{(isError ? "error" : "note")}: {line}");
        }

        int errors = findings.Count(finding => finding.IsError);
        console.Mark(
            errors == 0,
            errors == 0 && findings.Count == 0 ? "nothing here would spoil a result"
                : errors == 0 ? "no error that would spoil every result; the notes above say what to look at"
                : $"{errors} error(s): mend or remove these files, then prepare again");
        return errors == 0 ? App.Done : App.WrongInput;
    }
}
