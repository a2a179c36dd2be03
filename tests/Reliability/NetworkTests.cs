using System.Diagnostics;

namespace SpeechEmotion.Tests;

/// <summary>The program runs where there is no network but the machine's own loopback.</summary>
[Collection("small study")]
public class NetworkTests(SmallStudy study)
{
    [Fact]
    public void A_study_runs_without_a_network()
    {
        // A separate network namespace has only a loopback device, which is down until it is set up.
        string[] alone = ["--net", "sh", "-c", "ip link set lo up 2>/dev/null; exec \"$@\"", "sh"];
        Assert.SkipUnless(
            SmallStudy.Works("unshare", [.. alone, "true"]), "this machine lets nobody make a network namespace (unshare --net)");
        ProcessStartInfo start = study.Command(study.In("alone"), study.In("alone-cache"));
        string[] command = [start.FileName, .. start.ArgumentList];
        start.FileName = "unshare";
        start.ArgumentList.Clear();
        foreach (string argument in alone.Concat(command))
        {
            start.ArgumentList.Add(argument);
        }

        Assert.Equal((0, ""), SmallStudy.Finish(Process.Start(start)!));
        Heavy.Same(study.Whole, SmallStudy.Numbers(study.In("alone")), "without a network");
        Heavy.Say("network: a study in a namespace with only loopback: the same numbers");
    }
}
