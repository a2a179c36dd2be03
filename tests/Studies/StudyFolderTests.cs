using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Reporting;
using SpeechEmotion.Studies;

namespace SpeechEmotion.Tests;

public sealed class StudyFolderTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_study_that_asks_otherwise_is_described_anew()
    {
        StudyFolder study = new(_folder.Path);
        StudyNotes notes = new(null, "ser compare s.yaml", [new RunKey("four", "cnn", 0, 1)]);
        StudyConfig config = new() { Name = "s", Question = "Which is best?" };
        study.Describe(config, notes);
        study.Widen(config with { Question = "Which is worst?" }, notes);
        Assert.Contains("Which is worst?", _folder.Read("study.json"), StringComparison.Ordinal);

        study.Widen(config with { Question = "Which is worst?" }, notes with { Command = "another that asks for the same" });
        Assert.DoesNotContain("another", _folder.Read("study.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_with_numbers_that_no_run_can_have_are_no_runs()
    {
        foreach (string name in new[] { "fold0-seed2147483647", "fold0-seed2147483648", "fold99999999999-seed1", "fold1-seed99999999999" })
        {
            Directory.CreateDirectory(Path.Combine(_folder.Path, "four", "cnn", name));
        }

        Assert.Equal(["four/cnn/fold0-seed2147483647"], FoundRun.Below(_folder.Path).Select(run => $"{run.Key}"));
    }
}
