using SpeechEmotion.Cli;
using SpeechEmotion.Studies;

namespace SpeechEmotion.Tests;

public sealed class SlurmJobsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Refused before Slurm is asked, so no Slurm is needed.</summary>
    [Fact]
    public void Two_calls_do_not_submit_one_study_at_the_same_time()
    {
        string study = Path.Combine(MiniatureCorpus.Repository, "experiments", "quickstart", "study.yaml");
        using (new SlurmJobs(_folder.Path).Lock())
        {
            (int code, _, string error) = MiniatureCorpus.Ser("compare", study, "--out", _folder.Path, "--launcher", "slurm");
            Assert.Equal(App.Failed, code);
            Assert.Contains(
                $"error: {_folder.Path}: another `ser compare` is submitting this study's runs; give the command again once it is done\n",
                error,
                StringComparison.Ordinal);
        }

        new SlurmJobs(_folder.Path).Lock().Dispose();
    }
}
