using SpeechEmotion.Training;

namespace SpeechEmotion.Tests;

public class RunFolderTests
{
    [Fact]
    public void A_run_is_taken_once_and_what_a_killed_process_left_is_swept()
    {
        using TestFolder folder = new();
        RunFolder run = new(folder["run"]);
        string left = run.Best + ".1-1.tmp", fresh = run.Best + ".2-1.tmp";
        Directory.CreateDirectory(Path.GetDirectoryName(left)!);
        File.WriteAllText(left, "half");
        File.WriteAllText(fresh, "half");
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddDays(-2));
        using (IDisposable? held = run.TryLock())
        {
            Assert.NotNull(held);
            Assert.Null(run.TryLock());
            Assert.False(File.Exists(left));
            Assert.True(File.Exists(fresh)); // It may belong to a running process on another machine.
        }

        using IDisposable? again = run.TryLock();
        Assert.NotNull(again);
    }
}
