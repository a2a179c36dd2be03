using SpeechEmotion.Studies;
using SpeechEmotion.Training;

namespace SpeechEmotion.Tests;

public sealed class PublishedRunTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Conditions_that_a_study_no_longer_has_stay_until_the_new_copy_is_whole()
    {
        RunFolder run = new(_folder["run"]), copy = new(_folder["copy"]);
        Directory.CreateDirectory(run.Path);
        Directory.CreateDirectory(copy.Conditions);
        string stale = Path.Combine(copy.Conditions, "noise_db=1.csv.gz");
        string[] files = [run.History, run.Environment, run.Config, stale, copy.ConditionEnvironment];
        foreach (string file in files)
        {
            File.WriteAllText(file, "as it was");
        }

        Assert.Throws<FileNotFoundException>(() => PublishedRun.Write(run, copy, [])); // metrics.json is missing
        Assert.True(File.Exists(stale));
        Assert.False(copy.Finished);

        File.WriteAllText(run.Metrics, "new");
        PublishedRun.Write(run, copy, []);
        Assert.Empty(Directory.EnumerateFiles(copy.Conditions));
        Assert.Equal("new", File.ReadAllText(copy.Metrics));
    }
}
