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

    [Theory]
    [InlineData(2, 6, 0, 2, 1)]
    [InlineData(16, 3, 0, 16, 5)]  // no more side by side than there are runs
    [InlineData(1, 6, 0, 8, 8)]
    [InlineData(8, 9, 0, 2, 1)]
    [InlineData(4, 9, 3, 8, 3)]    // as asked for
    public void The_threads_of_a_run_follow_from_the_call_alone(int jobs, int runs, int asked, int cores, int threads) =>
        Assert.Equal(threads, LocalLauncher.Threads([.. Enumerable.Repeat(new RunConfig { Threads = asked }, runs)], jobs, cores));
}
