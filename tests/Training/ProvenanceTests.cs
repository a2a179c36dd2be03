using SpeechEmotion.Training;

namespace SpeechEmotion.Tests;

public class ProvenanceTests
{
    [Theory]
    [InlineData("0.1.0+0285bfa72002a8ce5f0e41e300c827b78d50aaa0", "0285bfa72002")]
    [InlineData("0.1.0+0285bfa72002a8ce5f0e41e300c827b78d50aaa0+", "0285bfa72002+")]
    [InlineData("0.1.0", "unknown")]
    [InlineData("unknown", "unknown")]
    public void The_commit_is_that_of_the_build(string version, string commit) => Assert.Equal(commit, Provenance.CommitOf(version));

    [Fact]
    public void This_build_names_its_commit()
    {
        Assert.SkipUnless(Path.Exists(Path.Combine(MiniatureCorpus.Repository, ".git")), "The source is no git checkout.");
        Assert.Matches("^[0-9a-f]{12}\\+?$", Provenance.Commit);
    }
}
