using System.Diagnostics;
using System.Text;

namespace SpeechEmotion.Tests;

/// <summary>A study that is killed at random moments and restarted ends with the numbers of an uninterrupted one.
/// `tests/Reliability/heavy kill` does it 200 times.</summary>
[Collection("small study")]
public class KillTests(SmallStudy study)
{
    [Fact]
    public void Killed_at_random_moments_and_started_again_it_gives_the_same_numbers()
    {
        (int kills, int seed) = (Heavy.Number("SER_KILLS", 10), Heavy.Number("SER_SEED", 1));
        Random random = new(seed);
        SortedDictionary<string, int> phases = [];
        int half = 0, rounds = 0;
        for (int done = 0; done < kills; rounds++)
        {
            (string output, string cache) = (study.In($"killed{rounds}"), study.In($"killed-cache{rounds}"));

            // Every fourth round has worker processes, and only their parent is killed: they keep running beside the next command.
            int jobs = rounds % 4 == 3 ? Environment.ProcessorCount : 1;

            // The restarted study is killed again, up to five times, before it may finish.
            for (int left = 5; left > 0 && done < kills;)
            {
                using Process process = Process.Start(study.Command(output, cache, jobs))!;
                process.BeginErrorReadLine();
                process.BeginOutputReadLine();
                if (process.WaitForExit(TimeSpan.FromSeconds(study.Seconds * random.NextDouble())))
                {
                    break; // The study finished first; this kill does not count.
                }

                process.Kill();
                process.WaitForExit();
                string phase = Phase(output, cache);
                phases[phase] = phases.GetValueOrDefault(phase) + 1;
                half += Directory.EnumerateFiles(study.Folder, "*.tmp", SearchOption.AllDirectories).Any() ? 1 : 0;
                done++;
                left--;
            }

            Assert.Equal((0, ""), study.Run(output, cache, jobs));
            Heavy.Same(study.Whole, SmallStudy.Numbers(output), $"round {rounds}");
            Directory.Delete(output, recursive: true);
            Directory.Delete(cache, recursive: true);
        }

        StringBuilder report = new($"{kills} kills, seed {seed}, in {rounds} studies; where they fell:");
        phases.ToList().ForEach(phase => report.Append(System.Globalization.CultureInfo.InvariantCulture, $" {phase.Key} {phase.Value},"));
        Heavy.Say($"{report} while a file was half-written {half}");
    }

    [Fact]
    public void Two_processes_on_one_study_give_the_same_numbers()
    {
        for (int round = 0; round < Heavy.Number("SER_PAIRS", 1); round++)
        {
            (string output, string cache) = (study.In($"two{round}"), study.In($"two-cache{round}"));
            Process[] both = [.. Enumerable.Range(0, 2).Select(_ => Process.Start(study.Command(output, cache))!)];
            Task<(int, string)>[] waiting = [.. both.Select(process => Task.Run(() => SmallStudy.Finish(process)))];
            (int, string)[] ends = [.. waiting.Select(task => task.Result)];
            Assert.All(ends, end => Assert.Equal((0, ""), end));
            Heavy.Same(study.Whole, SmallStudy.Numbers(output), $"round {round}");
            Assert.Empty(Directory.EnumerateFiles(output, "*.tmp", SearchOption.AllDirectories));
        }
    }

    /// <summary>The phase that a study had reached, judged by its files.</summary>
    private static string Phase(string output, string cache)
    {
        int Count(string folder, string pattern) =>
            Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Count() : 0;
        return !Directory.Exists(output) ? "starting"
            : Count(Path.Combine(cache, "manifests"), "*.json") == 0 ? "preparing"
            : Count(output, "metrics.json") == 2 ? "reporting"
            : Count(Path.Combine(cache, "features"), "*.features") < 2 ? "caching"
            : Count(output, "split.json") > Count(output, "metrics.json") ? "training" // A run writes its split first, its metrics last.
            : "between";
    }
}
