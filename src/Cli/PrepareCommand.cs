using Spectre.Console;
using SpeechEmotion.Corpora;

namespace SpeechEmotion.Cli;

/// <summary>`ser prepare`: what a data folder holds against what was published, and what is wrong with it.</summary>
internal static class PrepareCommand
{
    /// <summary>Writes the counts and the findings.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="manifest">What was found.</param>
    /// <param name="published">Corpus → files in the published corpus; 0 where there is no such number.</param>
    /// <param name="findings">What is wrong, a line each, and whether it would spoil a result.</param>
    /// <returns><see cref="App.WrongInput"/> where a finding is an error.</returns>
    public static int Report(
        IAnsiConsole console, Manifest manifest, IReadOnlyDictionary<string, int> published, IReadOnlyList<(bool IsError, string Line)> findings)
    {
        Table table = Screen.Table(console, "corpus", ">clips", ">published", ">speakers", ">minutes", "rates (Hz)", "labels");
        foreach (IGrouping<string, Utterance> corpus in manifest.Utterances.GroupBy(u => u.Corpus))
        {
            int whole = published.GetValueOrDefault(corpus.Key);
            table.Row(
                corpus.Key,
                $"{corpus.Count():N0}",
                whole == 0 ? "-" : $"{whole:N0}",
                $"{corpus.Select(u => u.Speaker).Distinct().Count()}",
                $"{corpus.Sum(u => u.Seconds) / 60:0.0}",
                string.Join(", ", corpus.Select(u => u.SampleRate).Distinct().Order()),
                string.Join(", ", corpus.GroupBy(u => u.Label).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count():N0}")));
        }

        console.Write(table);
        foreach ((bool isError, string line) in findings.OrderByDescending(finding => finding.IsError))
        {
            console.WriteLine($"{(isError ? "error" : "note")}: {line}");
        }

        int errors = findings.Count(finding => finding.IsError);
        console.Mark(errors == 0, errors == 0 ? "nothing here would spoil a result" : $"{errors} error(s): mend or remove these files, then prepare again");
        return errors == 0 ? App.Done : App.WrongInput;
    }
}
