using System.Diagnostics;

namespace SpeechEmotion.Tests;

/// <summary>A study whose disk is full stops with a one-line error, and resumes once there is room.</summary>
[Collection("small study")]
public class DiskFullTests(SmallStudy study)
{
    [Fact]
    public void A_full_disk_is_one_line_and_with_room_the_study_goes_on_to_the_same_numbers()
    {
        string disk = study.In("disk");
        Directory.CreateDirectory(disk);
        Assert.SkipUnless(Mount("-t", "tmpfs", "-o", "size=16k", "tmpfs", disk), "this machine lets nobody mount a small disk");
        try
        {
            long needed = Size(study.In("whole")) + Size(study.In("whole-cache"));
            int rounds = Heavy.Number("SER_DISKS", 2), full = 0;
            for (int round = 0; round < rounds; round++)
            {
                (string output, string cache) = (Path.Combine(disk, $"full{round}"), Path.Combine(disk, $"full-cache{round}"));
                Assert.True(Mount("-o", $"remount,size={needed * (round + 1) / (rounds + 1) / 4096 * 4}k", disk));
                int jobs = 1 + round % 2; // a worker process has a line of its own
                (int code, string errors) = study.Run(output, cache, jobs);
                if (code != 0)
                {
                    full++;
                    Assert.Equal(1, code);
                    string[] lines = errors.Split('\n');
                    Assert.InRange(lines.Length, 1, jobs);
                    Assert.All(lines, line => Assert.Matches("^error: .*No space left on device", line));
                }

                Assert.True(Mount("-o", "remount,size=256m", disk));
                Assert.Equal((0, ""), study.Run(output, cache));
                Heavy.Same(study.Whole, SmallStudy.Numbers(output), $"round {round}");
                Assert.Empty(Directory.EnumerateFiles(disk, "*.tmp", SearchOption.AllDirectories));
                Directory.Delete(output, recursive: true);
                Directory.Delete(cache, recursive: true);
            }

            long smallest = needed / (rounds + 1), largest = needed * rounds / (rounds + 1);
            Heavy.Say(
                $"{rounds} disks of {smallest >> 10:N0} to {largest >> 10:N0} KiB, where {needed >> 10:N0} are needed: "
                + $"{full} stopped with one line, all went on to the same numbers");
            Assert.True(full > 0);
        }
        finally
        {
            Process.Start("umount", [disk]).WaitForExit();
        }
    }

    private static long Size(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);

    private static bool Mount(params string[] arguments) => SmallStudy.Works("mount", arguments);
}
