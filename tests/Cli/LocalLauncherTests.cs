using SpeechEmotion.Cli;
using SpeechEmotion.Configuration;

namespace SpeechEmotion.Tests.Cli;

public class LocalLauncherTests
{
    private const long Gigabyte = 1_000_000_000;

    [Theory]
    [InlineData(4, "auto", 64, 256, 4)]    // one per GPU
    [InlineData(0, "auto", 2, 24, 2)]      // one per core
    [InlineData(0, "cpu", 64, 16, 10)]     // as far as memory goes
    [InlineData(0, "cpu", 8, 1, 1)]
    [InlineData(0, "cuda:1", 64, 256, 1)]  // its processes would all take that GPU
    public void The_number_of_runs_side_by_side_is_what_the_machine_bears(int cards, string device, int cores, int gigabytes, int jobs) =>
        Assert.Equal(jobs, LocalLauncher.Jobs(cards, [new RunConfig { Device = device }], cores, gigabytes * Gigabyte));
}
