using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SpeechEmotion.Tests.Web;

/// <summary>`ser serve` as a process of its own.</summary>
public sealed partial class ServeCommandTests
{
    private const int Quit = 3;

    /// <summary>The web framework's own handling of signals would end live sessions and leave the process running.</summary>
    [Fact]
    public void Ctrl_backslash_ends_the_server()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent by libc");

        // The signal is to leave no memory image behind, and to have its effect although a job in the background ignores it.
        const string Script = "ulimit -c 0; exec env --default-signal=QUIT dotnet \"$0\" serve --port 0";
        ProcessStartInfo start = new("sh", ["-c", Script, Path.Combine(AppContext.BaseDirectory, "ser.dll")])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        try
        {
            string? line;
            do
            {
                line = process.StandardOutput.ReadLine();
            }
            while (line?.Contains("answers with model", StringComparison.Ordinal) == false);
            Assert.NotNull(line);
            _ = Send(process.Id, Quit);
            Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)), "the server goes on");
        }
        finally
        {
            process.Kill(); // nothing happens to one that has ended
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
