using SpeechEmotion.Cli;
using SpeechEmotion.Corpora;

namespace SpeechEmotion.Tests.Cli;

public class PrepareTests
{
    private static readonly Manifest Manifest = new("/data",
    [
        new("savee/DC_a01", "savee", "DC_a01.wav", "00", "savee/DC", "male", "a", 90, 44100),
        new("savee/JK_n01", "savee", "JK_n01.wav", "01", "savee/JK", "male", "n", 30, 44100),
        new("synthetic/x", "synthetic", "x.wav", "02", "synthetic/1", "male", "sad", 6, 16000),
    ]);

    [Fact]
    public void Counts_stand_beside_the_published_ones_and_an_error_is_code_2()
    {
        StringWriter output = new();
        Finding error = new(Severity.Error, "savee", "a.wav: empty"), note = new(Severity.Warning, "all", "b.wav: [odd]");
        int code = PrepareCommand.Report(Screen.For(output), new ScanReport(Manifest, [error, note]));
        string[] lines = [.. output.ToString().Split('\n').Select(line => line.Trim())];
        Assert.Equal(App.WrongInput, code);
        string[] unpadded = [.. lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
        Assert.Contains("| savee | 2 | 480 | 2 | 2.0 | 44100 | a 1, n 1 |", unpadded);
        Assert.Contains("| synthetic | 1 | - | 1 | 0.1 | 16000 | sad 1 |", unpadded);
        Assert.Equal(
            ["error: savee: a.wav: empty", "note: all: b.wav: [odd]", "✗ 1 error(s): mend or remove these files, then prepare again"],
            lines.Where(l => l.Length > 0 && l[0] != '|'));
    }

    [Fact]
    public void Notes_alone_are_no_failure()
    {
        ScanReport report = new(Manifest, [new Finding(Severity.Warning, "savee", "x")]);
        Assert.Equal(App.Done, PrepareCommand.Report(Screen.For(TextWriter.Null), report));
    }
}
