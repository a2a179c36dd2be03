namespace SpeechEmotion.Tests;

public class AtomicFileTests
{
    [Fact]
    public void A_folder_that_may_not_be_written_is_named_by_the_file_that_was_asked_for()
    {
        const string File = "/dev/pts/report.md"; // No file can be made there, by root either.
        Assert.SkipUnless(Directory.Exists("/dev/pts"), "there is no /dev/pts here");
        IOException error = Assert.Throws<IOException>(() => AtomicFile.WriteText(File, "text"));
        Assert.Equal($"{File}: may not be written; check its permissions", error.Message);
    }
}
